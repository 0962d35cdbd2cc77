export type { OneEuroOptions } from './one-euro.ts';
