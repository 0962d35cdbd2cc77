import { withDeadline } from '../base/index.ts';
import type { Facing } from './constraints.ts';
import { replyLimitMs } from './limits.ts';
import type { CameraPlatform } from './platform.ts';
import { browserPlatform } from './platform.ts';
import { facingOf } from './track-facts.ts';

/** One camera that can be chosen. */
export interface Lens {
  readonly id: string;
  /** Empty until the permission is given. */
  readonly label: string;
  /** null where the browser tells it only of a running track. */
  readonly facing: Facing | null;
}

/**
 * The cameras in the browser's order. Before the permission is given, browsers hide names and identities:
 * the list is then empty.
 */
export async function listLenses(platform: CameraPlatform = browserPlatform()): Promise<readonly Lens[]> {
  const devices = (await platform.media?.enumerateDevices()) ?? [];
  const byId = new Map<string, Lens>();
  for (const device of devices) {
    if (device.kind !== 'videoinput' || device.deviceId === '' || byId.has(device.deviceId)) continue;
    byId.set(device.deviceId, { id: device.deviceId, label: device.label, facing: facingOfDevice(device) });
  }
  return [...byId.values()];
}

/** Whether a lens is still there. True where the browser does not say so in time. */
export async function isAttached(lensId: string | null, platform: CameraPlatform): Promise<boolean> {
  const lenses = await withDeadline(listLenses(platform).catch(() => null), replyLimitMs, 'the list of cameras');
  return !lenses.ok || lenses.value === null || lenses.value.some((lens) => lens.id === lensId);
}

/** Calls back whenever a camera is plugged in or out. @returns the call that ends it */
export function watchLenses(onChange: () => void, platform: CameraPlatform = browserPlatform()): () => void {
  const media = platform.media;
  media?.addEventListener('devicechange', onChange);
  return () => media?.removeEventListener('devicechange', onChange);
}

function facingOfDevice(device: MediaDeviceInfo & Partial<Pick<InputDeviceInfo, 'getCapabilities'>>): Facing | null {
  const modes = device.getCapabilities?.().facingMode;
  return modes?.length === 1 ? facingOf(modes[0]) : null;
}
