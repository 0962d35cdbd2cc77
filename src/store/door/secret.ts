import * as v from 'valibot';
import type { Failure, Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { Bytes, RandomBytes } from '../vault/bytes.ts';
import { fromHex, toHex } from '../vault/bytes.ts';
import type { DeriveKey } from '../vault/kdf.ts';
import { backupCost, checkCost, passphraseBytes } from '../vault/kdf.ts';

/** A PIN or passphrase as it is kept: what Argon2id made of it. */
export interface Secret {
  /** Hexadecimal, as the hash is. */
  readonly salt: string;
  readonly hash: string;
  readonly cost: { readonly passes: number; readonly memoryKib: number; readonly lanes: number };
}

const whole = v.pipe(v.number(), v.integer());

export const secretSchema = v.pipe(
  v.strictObject({
    salt: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
    hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    cost: v.strictObject({ passes: whole, memoryKib: whole, lanes: whole }),
  }),
  v.check(({ cost }) => checkCost(cost).ok, 'a cost that this app never asks for'),
);

export async function makeSecret(text: string, deriveKey: DeriveKey, random: RandomBytes): Promise<Result<Secret, Failure<'kdf-failed'>>> {
  const salt = random(16);
  const hash = await deriveKey(passphraseBytes(text), salt, backupCost);
  return hash.ok ? ok({ salt: toHex(salt), hash: toHex(hash.value), cost: backupCost }) : hash;
}

export async function isSecret({ salt, hash, cost }: Secret, text: string, deriveKey: DeriveKey): Promise<Result<boolean, Failure<'kdf-failed'>>> {
  const derived = await deriveKey(passphraseBytes(text), fromHex(salt), cost);
  return derived.ok ? ok(areSame(derived.value, fromHex(hash))) : derived;
}

/** Looks at every byte, whatever it has seen: how long it takes tells nothing. */
function areSame(a: Bytes, b: Bytes): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}
