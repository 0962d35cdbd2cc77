import type { Result } from '../../../base/index.ts';
import { err, ok } from '../../../base/index.ts';
import type { Bytes } from '../../vault/bytes.ts';
import { checkPresence, readAuthenticatorData } from './authenticator-data.ts';
import type { Ceremony } from './client-data.ts';
import { checkClientData } from './client-data.ts';
import type { PasskeyProblem } from './passkey-failure.ts';
import type { Algorithm } from './signature.ts';
import { algorithms, importPasskey, isSigned } from './signature.ts';

/** A passkey as it is kept. */
export interface Passkey {
  /** Hexadecimal. */
  readonly id: string;
  readonly algorithm: Algorithm;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Bytes;
  readonly counter: number;
}

/** What an authenticator answers when a passkey is made. */
export interface Attestation {
  /** Hexadecimal. */
  readonly id: string;
  readonly clientDataJson: Bytes;
  readonly authenticatorData: Bytes;
  readonly algorithm: number;
  readonly publicKey: Bytes | null;
}

/** What it answers when the passkey is used. */
export interface Assertion {
  readonly id: string;
  readonly clientDataJson: Bytes;
  readonly authenticatorData: Bytes;
  readonly signature: Bytes;
}

/** The new passkey, when the answer was made for this ceremony. Who made the authenticator is not asked. Ref: WebAuthn Level 3, 7.1 */
export async function verifyAttestation(answer: Attestation, ceremony: Ceremony): Promise<Result<Passkey, PasskeyProblem>> {
  const asked = checkClientData(answer.clientDataJson, ceremony);
  if (!asked.ok) return asked;
  const data = readAuthenticatorData(answer.authenticatorData);
  if (!data.ok) return data;
  const present = await checkPresence(data.value, ceremony.site);
  if (!present.ok) return present;
  if (data.value.credentialId !== answer.id) return err('other-credential', 'the authenticator speaks of another one');
  const algorithm = algorithms.find((known) => known === answer.algorithm);
  if (algorithm === undefined || !answer.publicKey) return err('unknown-algorithm', `COSE ${answer.algorithm}`);
  if (!(await importPasskey(algorithm, answer.publicKey))) return err('malformed', 'the public key is none');
  return ok({ id: answer.id, algorithm, publicKey: answer.publicKey, counter: data.value.counter });
}

/**
 * Whether an answer shows that the passkey was used for this ceremony.
 *
 * @returns the passkey's counter, to be kept before the answer counts. Ref: WebAuthn Level 3, 7.2
 */
export async function verifyAssertion(passkey: Passkey, answer: Assertion, ceremony: Ceremony): Promise<Result<number, PasskeyProblem>> {
  if (answer.id !== passkey.id) return err('other-credential', 'another passkey answered');
  const asked = checkClientData(answer.clientDataJson, ceremony);
  if (!asked.ok) return asked;
  const data = readAuthenticatorData(answer.authenticatorData);
  if (!data.ok) return data;
  const present = await checkPresence(data.value, ceremony.site);
  if (!present.ok) return present;
  const key = await importPasskey(passkey.algorithm, passkey.publicKey);
  if (!key) return err('malformed', 'the public key is none');
  const clientHash = new Uint8Array(await crypto.subtle.digest('SHA-256', answer.clientDataJson));
  const message = new Uint8Array([...answer.authenticatorData, ...clientHash]);
  if (!(await isSigned(passkey.algorithm, key, answer.signature, message))) return err('bad-signature', 'not signed by this passkey');
  const { counter } = data.value;
  const counts = counter > 0 || passkey.counter > 0;
  return counts && counter <= passkey.counter ? err('counter-back', `${counter} after ${passkey.counter}`) : ok(counter);
}
