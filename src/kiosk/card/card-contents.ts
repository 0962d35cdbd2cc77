import * as v from 'valibot';
import { readBoundedJsonBytes } from '../../base/index.ts';
import type { Descriptor } from '../../faces/index.ts';

/** What is sealed in a card. */
export interface CardContents {
  readonly name: string;
  readonly template: Descriptor | null;
}

/** Longer templates do not fit into a code that a camera reads at arm's length. */
export const maxTemplateLength = 512;

const head = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  modelId: v.nullable(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/))),
  /** Of one step of a template's numbers. */
  step: v.pipe(v.number(), v.finite(), v.minValue(0)),
});

/**
 * Two bytes with the length of the head, the head as JSON, and the template in steps of a 127th of its largest number. What
 * that costs is little beside what two shots of one face differ by.
 */
export function packContents({ name, template }: CardContents): Uint8Array<ArrayBuffer> {
  const largest = template ? template.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) : 0;
  const step = largest / 127;
  const text = new TextEncoder().encode(JSON.stringify({ name, modelId: template?.modelId ?? null, step }));
  const steps = Int8Array.from(template?.values ?? [], (value) => (step > 0 ? Math.round(value / step) : 0));
  const packed = new Uint8Array(2 + text.length + steps.length);
  packed.set([text.length >> 8, text.length & 255]);
  packed.set(text, 2);
  packed.set(new Uint8Array(steps.buffer), 2 + text.length);
  return packed;
}

/** Null for what `packContents` does not write. */
export function unpackContents(packed: Uint8Array): CardContents | null {
  const length = ((packed[0] ?? 0) << 8) | (packed[1] ?? 0);
  const read = readBoundedJsonBytes(packed.subarray(2, 2 + length), 0xffff);
  const parsed = v.safeParse(head, read.ok ? read.value : undefined);
  const values = packed.subarray(2 + length);
  if (!parsed.success || values.length > maxTemplateLength) return null;
  const { name, modelId, step } = parsed.output;
  if (modelId === null) return values.length === 0 ? { name, template: null } : null;
  return values.length > 0 ? { name, template: { modelId, values: Float32Array.from(new Int8Array(Uint8Array.from(values).buffer), (steps) => steps * step) } } : null;
}
