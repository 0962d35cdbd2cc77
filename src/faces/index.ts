export type { FaceTemplate } from './template.ts';
