import * as v from 'valibot';
import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Bytes } from './bytes.ts';
import { pack, unpack } from './pack.ts';

/**
 * One thing that was done with the vault. It tells what and when, never with whom: what leads to a person would be a trace
 * of them after they were erased.
 */
export interface AuditEntry {
  readonly atMs: number;
  readonly act: 'enrol' | 're-enrol' | 'revoke' | 'restore' | 'export';
  /** How many people it was done with. */
  readonly people: number;
  /** How many templates came in, or were erased, or went out. */
  readonly templates: number;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const entrySchema = v.strictObject({ atMs: v.number(), act: v.picklist(['enrol', 're-enrol', 'revoke', 'restore', 'export']), people: count, templates: count });

export function encodeAudit(entry: AuditEntry): Bytes {
  return pack(entry, []);
}

export function decodeAudit(content: Bytes): Result<AuditEntry, Failure<'damaged'>> {
  const unpacked = unpack(content);
  if (!unpacked.ok) return unpacked;
  const parsed = v.safeParse(entrySchema, unpacked.value.head);
  return parsed.success ? ok(parsed.output) : err('damaged', `audit: ${v.summarize(parsed.issues)}`);
}
