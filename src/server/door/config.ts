import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import * as v from 'valibot';
import type { Failure, Result } from '../../base/index.ts';
import { err, messageOf, ok, readBoundedJson } from '../../base/index.ts';

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'letters, digits, _ and - only'));
const label = v.pipe(v.string(), v.minLength(1), v.maxLength(64), v.regex(/^\P{Cc}+$/u));
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(1024));
const everyMs = v.optional(v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(60_000)), 1000);
const command = v.pipe(v.array(text), v.minLength(1), v.maxLength(64));
/** A topic to publish to or to hear: no wildcards. */
const topic = v.pipe(text, v.maxLength(256), v.regex(/^[^#+\0]+$/, 'no wildcards'));

function urlOf(...schemes: readonly string[]) {
  const isRight = (value: string) => {
    if (!URL.canParse(value)) return false;
    const { protocol, username, password } = new URL(value);
    return schemes.includes(protocol) && username === '' && password === '';
  };
  return v.pipe(text, v.check(isRight, `an address with ${schemes.join(' or ')}, without name and password`));
}

const webhook = v.strictObject({
  kind: v.literal('webhook'),
  url: urlOf('http:', 'https:'),
  /** Key of the signature. */
  secret: v.pipe(text, v.minLength(16)),
  /** An address that answers GET with `open` or `closed`. */
  state: v.optional(v.strictObject({ url: urlOf('http:', 'https:'), everyMs })),
});

const mqtt = v.strictObject({
  kind: v.literal('mqtt'),
  url: urlOf('mqtt:', 'mqtts:'),
  username: v.optional(text),
  password: v.optional(text),
  /** Certificate authority of the broker (PEM), beside those of the system. */
  caFile: v.optional(text),
  commandTopic: topic,
  /** `{decisionId}` and `{expiresAtMs}` (since 1970 UTC) are filled in. */
  payload: v.optional(text, 'PRESS'),
  /** What the device publishes when it has acted; without it the broker's word is all there is. */
  confirm: v.optional(v.strictObject({ topic, payload: text })),
  state: v.optional(v.strictObject({ topic, open: v.optional(text, 'ON'), closed: v.optional(text, 'OFF') })),
  homeAssistant: v.optional(v.strictObject({ prefix: v.optional(topic, 'homeassistant') })),
});

const relay = v.strictObject({
  kind: v.literal('command'),
  /** The program and its arguments: no shell reads them. */
  command,
  /** A program that prints `open` or `closed`. */
  state: v.optional(v.strictObject({ command, everyMs })),
});

const simulator = v.strictObject({
  kind: v.literal('simulator'),
  /** Gets one line for each pulse. */
  recordFile: text,
  openForMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(600_000)), 3000),
});

const schema = v.strictObject({
  doorId: id,
  name: label,
  /** Open for longer than this, the door is `held`. */
  heldAfterMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1000), v.maxValue(3_600_000)), 30_000),
  /** Most pulses in any 60 s, of all kiosks together. */
  pulsesPerMinute: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(600)), 20),
  output: v.variant('kind', [webhook, mqtt, relay, simulator]),
});

export type DoorConfig = v.InferOutput<typeof schema>;
export type WebhookConfig = v.InferOutput<typeof webhook>;
export type MqttConfig = v.InferOutput<typeof mqtt>;
export type CommandConfig = v.InferOutput<typeof relay>;
export type SimulatorConfig = v.InferOutput<typeof simulator>;

export type ConfigFailure = Failure<'door-config-unreadable' | 'door-config-invalid' | 'door-config-open-to-others'>;

/** Reads the file that describes a door. File names in it start from its own folder. A file with a secret must be closed to other accounts. */
export async function readDoorConfig(path: string): Promise<Result<DoorConfig, ConfigFailure>> {
  let content: string;
  let mode: number;
  try {
    content = await readFile(path, 'utf8');
    ({ mode } = await stat(path));
  } catch (thrown) {
    return err('door-config-unreadable', `${path}: ${messageOf(thrown)}`);
  }
  const parsed = parseDoorConfig(content);
  if (!parsed.ok) return err(parsed.failure.code, `${path}: ${parsed.failure.detail}`);
  const { output } = parsed.value;
  const hasSecret = output.kind === 'webhook' || (output.kind === 'mqtt' && output.password !== undefined);
  if (hasSecret && process.platform !== 'win32' && (mode & 0o077) !== 0) {
    return err('door-config-open-to-others', `${path} holds a secret and other accounts may read it: chmod 600 ${path}`);
  }
  return ok({ ...parsed.value, output: fromFolder(output, dirname(resolve(path))) });
}

const maxConfigChars = 64 * 1024;

export function parseDoorConfig(content: string): Result<DoorConfig, Failure<'door-config-invalid'>> {
  const read = readBoundedJson(content, maxConfigChars);
  if (!read.ok) return err('door-config-invalid', read.failure.detail);
  const parsed = v.safeParse(schema, read.value);
  return parsed.success ? ok(parsed.output) : err('door-config-invalid', v.summarize(parsed.issues));
}

function fromFolder(output: DoorConfig['output'], folder: string): DoorConfig['output'] {
  if (output.kind === 'simulator') return { ...output, recordFile: resolve(folder, output.recordFile) };
  if (output.kind === 'mqtt' && output.caFile !== undefined) return { ...output, caFile: resolve(folder, output.caFile) };
  return output;
}
