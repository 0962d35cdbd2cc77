import * as v from 'valibot';
import type { Result } from '../../../base/index.ts';
import { err, ok, readBoundedJsonBytes } from '../../../base/index.ts';
import { toBase64Url } from '../../../doorlink/index.ts';
import type { Bytes } from '../../vault/bytes.ts';
import type { PasskeyProblem } from './passkey-failure.ts';

/** What an answer must have been made for. */
export interface Ceremony {
  readonly type: 'webauthn.create' | 'webauthn.get';
  /** Random, made by this app for this one answer. */
  readonly challenge: Bytes;
  readonly origin: string;
  /** Host name of the app. */
  readonly site: string;
}

const maxClientDataBytes = 64 * 1024;

const schema = v.object({ type: v.string(), challenge: v.string(), origin: v.string(), crossOrigin: v.optional(v.boolean()) });

/** Checks what the browser says it asked the authenticator for. Ref: WebAuthn Level 3, 5.8.1 */
export function checkClientData(clientDataJson: Bytes, { type, challenge, origin }: Ceremony): Result<null, PasskeyProblem> {
  const said = parse(clientDataJson);
  if (!said) return err('malformed', 'the client data is not JSON of its kind');
  if (said.type !== type) return err('other-ceremony', said.type);
  if (said.challenge !== toBase64Url(challenge)) return err('other-challenge', 'the challenge is not the one that was given');
  if (said.origin !== origin || said.crossOrigin === true) return err('other-origin', said.origin);
  return ok(null);
}

function parse(bytes: Bytes): v.InferOutput<typeof schema> | null {
  const read = readBoundedJsonBytes(bytes, maxClientDataBytes);
  const parsed = read.ok ? v.safeParse(schema, read.value) : null;
  return parsed?.success ? parsed.output : null;
}
