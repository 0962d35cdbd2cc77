import type { CameraPlatform } from './platform.ts';
import { browserPlatform } from './platform.ts';

export type CameraPermission = 'granted' | 'denied' | 'prompt' | 'unknown';

/** What the browser would answer now, without asking the person. 'unknown' where it does not tell. */
export async function queryCameraPermission(platform: CameraPlatform = browserPlatform()): Promise<CameraPermission> {
  if (!platform.permissions) return 'unknown';
  try {
    return (await platform.permissions.query({ name: 'camera' })).state;
  } catch {
    // Engines without the name 'camera' throw a TypeError: they know no answer, which is one.
    return 'unknown';
  }
}
