import * as v from 'valibot';
import type { Failure, Result } from '../base/index.ts';
import { err, ok } from '../base/index.ts';
import { readPublicKey } from './keys.ts';
import type { Refusal } from './messages.ts';
import { refusedAnswer } from './messages.ts';
import type { PairedDoor } from './paired-door.ts';
import type { DoorFetch, PostFailure } from './post.ts';
import { postJson } from './post.ts';
import { digestOf, hasValidSignature, parseJson, readEnvelope, writeSigned } from './signed.ts';

export interface Question {
  readonly path: string;
  readonly message: object;
  /** Longest for the whole exchange, in milliseconds. */
  readonly limitMs: number;
  readonly signal?: AbortSignal;
}

/** Asks the bridge one signed question. Only an answer signed by the paired bridge, to this very question, is taken. */
export async function askBridge<S extends v.GenericSchema<unknown, { readonly to: string }>>(
  fetch: DoorFetch,
  door: PairedDoor,
  { path, message, limitMs, signal }: Question,
  schema: S,
): Promise<Result<v.InferOutput<S>, PostFailure | Failure<Refusal>>> {
  const wire = await writeSigned('kiosk', door.privateKey, message);
  const to = await digestOf(JSON.stringify(message));
  const answered = await postJson(fetch, path, wire, limitMs, signal);
  if (!answered.ok) return answered;
  const envelope = readEnvelope(answered.value);
  const key = await readPublicKey(door.bridgeKey);
  if (!envelope || !key || !(await hasValidSignature('bridge', key, envelope))) return err('bad-answer', `${path}: not signed by the paired bridge`);
  const answer = v.safeParse(v.union([schema, refusedAnswer]), parseJson(envelope.message));
  if (!answer.success || answer.output.to !== to) return err('bad-answer', `${path}: no answer to this question`);
  const refused = v.safeParse(refusedAnswer, answer.output);
  return refused.success ? err(refused.output.code, `${path}: the bridge refused`) : ok(answer.output as v.InferOutput<S>);
}
