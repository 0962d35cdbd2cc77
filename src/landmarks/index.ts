export type { FaceFacts } from './facts/face-facts.ts';
export type { PoseFacts, Posture } from './facts/pose-facts.ts';
export type { PointList } from './points/point-list.ts';
