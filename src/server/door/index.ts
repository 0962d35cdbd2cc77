export type { ConfigFailure, DoorConfig } from './config.ts';
export { readDoorConfig } from './config.ts';
export { kioskRegistry, openDoor } from './open-door.ts';
export type { DoorWorld, OpenDoor, OpenDoorFailure } from './open-door.ts';
