import { importBuilt } from '../../import-built.ts';
import type * as Rooms from './rooms.ts';

/** The kiosk and the shipped networks' cards, for Node. */
export async function loadRooms(): Promise<typeof Rooms> {
  return (await importBuilt(new URL('rooms.ts', import.meta.url))) as typeof Rooms;
}
