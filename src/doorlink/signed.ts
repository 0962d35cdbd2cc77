import * as v from 'valibot';
import { readBoundedJson } from '../base/index.ts';
import { toBase64Url, utf8 } from './bytes.ts';
import type { Key } from './keys.ts';
import { sign, verify } from './keys.ts';

/** Largest request or answer, in bytes of UTF-8: what is longer is not looked at. */
export const maxWireBytes = 4096;

/** Records that the bridge keeps on its disk are read the same way. */
const maxRecordChars = 1024 * 1024;

/** A message as text, and a signature over exactly this text: nobody has to agree on how JSON is spelled. */
export interface Signed {
  readonly message: string;
  /** 64 bytes (r and s), base64url. */
  readonly signature: string;
}

/** Who signed: a message of one side can never be taken for one of the other. */
export type Signer = 'kiosk' | 'bridge';

const envelope = v.strictObject({ message: v.string(), signature: v.string() });

function signedBytes(signer: Signer, message: string) {
  return utf8(`lintel-door-1 ${signer}\n${message}`);
}

/** Writes and signs one message for the wire. */
export async function writeSigned(signer: Signer, key: Key, message: object): Promise<string> {
  const text = JSON.stringify(message);
  const signed: Signed = { message: text, signature: await sign(key, signedBytes(signer, text)) };
  return JSON.stringify(signed);
}

/** The envelope, not yet checked; null when the text is none. */
export function readEnvelope(wire: string): Signed | null {
  if (wire.length > maxWireBytes) return null;
  const parsed = v.safeParse(envelope, parseJson(wire));
  return parsed.success ? parsed.output : null;
}

export function hasValidSignature(signer: Signer, key: Key, { message, signature }: Signed): Promise<boolean> {
  return verify(key, signature, signedBytes(signer, message));
}

/** Names a message by its content: an answer carries it, so that it answers this request and no other. */
export async function digestOf(message: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(message))));
}

/** Undefined for what is no JSON, and for what is longer or deeper than any message or record. */
export function parseJson(text: string): unknown {
  const read = readBoundedJson(text, maxRecordChars);
  return read.ok ? read.value : undefined;
}
