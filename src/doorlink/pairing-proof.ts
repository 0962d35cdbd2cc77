import { fromBase64Url, toBase64Url, utf8 } from './bytes.ts';
import type { Key } from './keys.ts';
import type { PairingOffer, PairingRequest } from './messages.ts';

/** All that both sides said: a proof is for this pairing, these two keys and these names, and for nothing else. */
export type Transcript = PairingOffer & Omit<PairingRequest, 'proof'>;

/**
 * What the two proofs are worth. The code is shown on the bridge and typed at the kiosk, and never sent. Each side sends
 * an HMAC over both keys, both nonces and the names under a key stretched from the code; the bridge answers only after it
 * has seen a right one, and three wrong ones end a code.
 *
 * That stops whoever can reach the bridge but does not see its terminal, and a pairing with the wrong bridge or kiosk.
 * It is no password-authenticated key exchange: who sits inside the TLS connection (a certificate that the kiosk trusts)
 * gets a proof to test guesses against. Against that stand TLS itself, 2^40 codes, the slow derivation and the five
 * minutes that a code lives; after that it is worth nothing.
 */
function transcriptBytes(prover: 'kiosk' | 'bridge', transcript: Transcript, kioskId: string) {
  const { doorId, doorName, bridgeKey, salt, bridgeNonce, kioskName, kioskKey, kioskNonce } = transcript;
  return utf8(JSON.stringify(['lintel-door-pairing-1', prover, doorId, doorName, bridgeKey, salt, bridgeNonce, kioskName, kioskKey, kioskNonce, kioskId]));
}

export async function kioskProof(key: Key, transcript: Transcript): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', key, transcriptBytes('kiosk', transcript, ''))));
}

/** Compares in constant time, as WebCrypto does. */
export function isKioskProof(key: Key, proof: string, transcript: Transcript): Promise<boolean> {
  return isProof(key, proof, transcriptBytes('kiosk', transcript, ''));
}

/** @param kioskId the name that the bridge gave the kiosk */
export async function bridgeProof(key: Key, transcript: Transcript, kioskId: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', key, transcriptBytes('bridge', transcript, kioskId))));
}

export function isBridgeProof(key: Key, proof: string, transcript: Transcript, kioskId: string): Promise<boolean> {
  return isProof(key, proof, transcriptBytes('bridge', transcript, kioskId));
}

async function isProof(key: Key, proof: string, bytes: ReturnType<typeof utf8>): Promise<boolean> {
  const given = fromBase64Url(proof);
  return given !== null && (await crypto.subtle.verify('HMAC', key, given, bytes));
}
