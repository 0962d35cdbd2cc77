import { doorAnnouncement, kioskList } from './announcement.ts';
import type { OpenDoor } from './door/index.ts';
import { kioskRegistry, readDoorConfig } from './door/index.ts';

/**
 * Shows the door in the terminal, with a pairing code when no kiosk is paired. Enter shows a new code, and so does
 * SIGUSR2 where a service has no terminal. Gives the function that stops listening.
 */
export async function attendDoor(door: OpenDoor): Promise<() => void> {
  const announce = async (wantsCode: boolean) => {
    const { length } = await door.kiosks();
    console.log(doorAnnouncement(door.name, door.outputKind, length, wantsCode || length === 0 ? door.newCode() : null));
  };
  const next = () => {
    announce(true).catch((thrown: unknown) => console.error(thrown));
  };
  // Before the first word: who reads it may send the signal at once, and unheard it ends the process.
  if (process.platform !== 'win32') process.on('SIGUSR2', next);
  if (process.stdin.isTTY) process.stdin.on('data', next);
  await announce(false);
  return () => {
    process.off('SIGUSR2', next);
    process.stdin.off('data', next);
    process.stdin.pause();
  };
}

/** Lists the kiosks of a door; gives the exit code. */
export async function listKiosks(configPath: string, dataFolder: string): Promise<number> {
  const config = await readDoorConfig(configPath);
  if (!config.ok) {
    console.error(`  ${config.failure.detail}`);
    return 1;
  }
  console.log(kioskList(await kioskRegistry(dataFolder, config.value.doorId).all()));
  return 0;
}

/** Ends a kiosk's right to open the door, in a running bridge too; gives the exit code. */
export async function revokeKiosk(configPath: string, kioskId: string, dataFolder: string): Promise<number> {
  const config = await readDoorConfig(configPath);
  if (!config.ok) {
    console.error(`  ${config.failure.detail}`);
    return 1;
  }
  const isRevoked = await kioskRegistry(dataFolder, config.value.doorId).revoke(kioskId);
  console.log(isRevoked ? `  Kiosk ${kioskId} can open the door no more.` : `  No kiosk ${kioskId} is paired. --kiosks lists them.`);
  return isRevoked ? 0 : 1;
}
