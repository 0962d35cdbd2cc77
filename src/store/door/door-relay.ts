import * as v from 'valibot';
import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';

/** The relay board on this device's own serial line that the owner chose, as the browser tells boards apart. */
export interface DoorRelay {
  /** 0..65535; null where the browser does not tell. */
  readonly usbVendorId: number | null;
  readonly usbProductId: number | null;
  /** How long the relay is on, in milliseconds, 200..10000. */
  readonly pulseMs: number;
}

export const usualPulseMs = 3000;

const version = 1;
const usbId = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff)));
const relayFields = { usbVendorId: usbId, usbProductId: usbId, pulseMs: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(10_000)) };
const relaySchema = v.strictObject(relayFields);
const recordSchema = v.strictObject({ v: v.literal(version), ...relayFields });

/** @param stored undefined: none was chosen */
export function relayIn(stored: unknown): Result<DoorRelay | null, Failure<'damaged'>> {
  if (stored === undefined) return ok(null);
  const parsed = v.safeParse(recordSchema, stored);
  if (!parsed.success) return err('damaged', `the relay: ${v.summarize(parsed.issues)}`);
  const { usbVendorId, usbProductId, pulseMs } = parsed.output;
  return ok({ usbVendorId, usbProductId, pulseMs });
}

/** As it is kept. */
export function recordOfRelay(relay: DoorRelay): Result<object, Failure<'invalid'>> {
  const parsed = v.safeParse(relaySchema, relay);
  return parsed.success ? ok({ v: version, ...parsed.output }) : err('invalid', v.summarize(parsed.issues));
}
