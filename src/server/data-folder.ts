import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this person's Lintel keeps what must outlive an update (the local authority): the platform's usual place. */
export function dataFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Lintel');
  if (env['XDG_DATA_HOME']) return join(env['XDG_DATA_HOME'], 'lintel');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Lintel');
  return join(home, '.local', 'share', 'lintel');
}
