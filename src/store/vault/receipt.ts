import * as v from 'valibot';
import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Bytes } from './bytes.ts';
import { fromHex, toHex } from './bytes.ts';
import { pack, unpack } from './pack.ts';
import { without } from './without.ts';

/** What stays of a person who was erased: that it was done, and how much it was. Nothing tells who it was. */
export interface Receipt {
  /** Random. */
  readonly id: string;
  readonly erasedAtMs: number;
  /** `retention`: the date until which the person agreed to be kept was over. */
  readonly askedBy: 'owner' | 'retention';
  readonly erased: Erased;
}

export interface Erased {
  readonly templates: number;
  readonly negatives: number;
  readonly photos: number;
  /** Records that were erased though they could not be read any more. */
  readonly unreadable: number;
}

/**
 * A receipt as it is sealed: with a keyed hash of the person's id, so that an old backup that holds the person is recognised.
 * The id itself is random and gone, so the hash leads to nobody. Each receipt carries the key of its hash: it keeps its
 * meaning in another vault that restored a backup.
 */
export interface StoredReceipt extends Receipt {
  readonly markKey: string;
  readonly mark: string;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const receiptSchema = v.strictObject({
  erasedAtMs: v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)),
  askedBy: v.picklist(['owner', 'retention']),
  erased: v.strictObject({ templates: count, negatives: count, photos: count, unreadable: count }),
  markKey: hash,
  mark: hash,
});

export function encodeReceipt(receipt: StoredReceipt): Bytes {
  return pack(without(receipt, 'id'), []);
}

/** @param id where the record lies: its content does not repeat it */
export function decodeReceipt(id: string, content: Bytes): Result<StoredReceipt, Failure<'damaged'>> {
  const unpacked = unpack(content);
  if (!unpacked.ok) return unpacked;
  const parsed = v.safeParse(receiptSchema, unpacked.value.head);
  return parsed.success ? ok({ id, ...parsed.output }) : err('damaged', `receipt ${id}: ${v.summarize(parsed.issues)}`);
}

export function withoutMark(receipt: StoredReceipt): Receipt {
  return without(receipt, 'markKey', 'mark');
}

/** HMAC-SHA-256 of a person's id, in hexadecimal. @param markKey 32 bytes in hexadecimal */
export async function markOf(markKey: string, personId: string): Promise<string> {
  return toHex(await sign(await importMarkKey(markKey), personId));
}

/** Those of the people for whom there is a receipt: an id leads to its newest one. */
export async function receiptsOf(receipts: readonly StoredReceipt[], personIds: readonly string[]): Promise<ReadonlyMap<string, Receipt>> {
  const oldestFirst = [...receipts].sort((a, b) => a.erasedAtMs - b.erasedAtMs);
  const byMark = new Map(oldestFirst.map((receipt) => [`${receipt.markKey}/${receipt.mark}`, withoutMark(receipt)]));
  const found = new Map<string, Receipt>();
  for (const markKey of new Set(receipts.map((receipt) => receipt.markKey))) {
    const key = await importMarkKey(markKey);
    for (const id of personIds) {
      const receipt = byMark.get(`${markKey}/${toHex(await sign(key, id))}`);
      if (receipt && receipt.erasedAtMs >= (found.get(id)?.erasedAtMs ?? 0)) found.set(id, receipt);
    }
  }
  return found;
}

function importMarkKey(markKey: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromHex(markKey), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

async function sign(key: CryptoKey, personId: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(personId)));
}
