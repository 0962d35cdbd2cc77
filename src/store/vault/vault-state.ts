import * as v from 'valibot';
import type { Bytes, RandomBytes } from './bytes.ts';
import { toHex } from './bytes.ts';
import { pack, unpack } from './pack.ts';

/** What the vault knows about itself. */
export interface VaultState {
  /** Random; tells in a backup which vault made it. */
  readonly vaultId: string;
  /** How many backups were made: the number of the newest one. */
  readonly backups: number;
  /** Key of the hashes in receipts. */
  readonly markKey: string;
}

const stateSchema = v.strictObject({
  vaultId: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  backups: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
  markKey: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

export const statePlace = { store: 'vault-state', key: 'state' } as const;

export function freshState(random: RandomBytes): VaultState {
  return { vaultId: toHex(random(16)), backups: 0, markKey: toHex(random(32)) };
}

export function encodeState(state: VaultState): Bytes {
  return pack(state, []);
}

/** Null when it cannot be read. A fresh one does as well: receipts carry what they need of the old one. */
export function decodeState(content: Bytes): VaultState | null {
  const unpacked = unpack(content);
  const parsed = unpacked.ok ? v.safeParse(stateSchema, unpacked.value.head) : null;
  return parsed?.success ? parsed.output : null;
}
