export { decodeCentre } from './decode/centre.ts';
export type { CentreGrids } from './decode/centre.ts';
export { decodeV2 } from './decode/v2.ts';
export type { V2Grid } from './decode/v2.ts';
export type { CentreHead } from './heads/centre.ts';
export { readHead } from './heads/read-head.ts';
export type { HeadSpec } from './heads/read-head.ts';
export type { V2Head } from './heads/v2.ts';
