import type { Result } from '../../base/index.ts';
import { dayMs } from './person.ts';
import type { Receipt } from './receipt.ts';
import type { Vault } from './vault.ts';
import type { VaultFailure } from './vault-failure.ts';

/**
 * Purges the vault now and once a day. A device that slept through the hour purges when it wakes; until then nobody whose
 * retention is over is in a gallery anyway.
 *
 * @param onPurged hears of every purge, also of one that found nothing to erase
 * @returns the way to stop
 */
export function keepRetention(vault: Pick<Vault, 'purge'>, onPurged: (outcome: Result<readonly Receipt[], VaultFailure>) => void): () => void {
  const purge = (): void => void vault.purge().then(onPurged);
  purge();
  const timer = setInterval(purge, dayMs);
  return () => clearInterval(timer);
}
