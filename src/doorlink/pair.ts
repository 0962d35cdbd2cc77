import * as v from 'valibot';
import type { Failure, Result } from '../base/index.ts';
import { err, ok } from '../base/index.ts';
import { fromBase64Url, randomBytes, toBase64Url } from './bytes.ts';
import { newSigningKeys, readPublicKey } from './keys.ts';
import type { PairingRefusal } from './messages.ts';
import { pairingAnswer, pairingOffer, pairingRefused } from './messages.ts';
import type { PairedDoor } from './paired-door.ts';
import { pairingKey, readPairingCode } from './pairing-code.ts';
import { isBridgeProof, kioskProof } from './pairing-proof.ts';
import { doorPaths } from './paths.ts';
import type { DoorFetch, PostFailure } from './post.ts';
import { postJson } from './post.ts';
import { parseJson } from './signed.ts';

/** `not-a-code`: it was not sent; `bridge-unproven`: something answered that does not know the code, and nothing is paired. */
export type PairFailure = PostFailure | Failure<PairingRefusal | 'not-a-code' | 'bridge-unproven'>;

const limitMs = 15_000;

/**
 * Pairs this kiosk with the bridge of its own origin: a new key pair, known to the bridge from then on.
 *
 * @param typedCode as the person typed what the bridge shows
 * @param kioskName for the owner's list of kiosks, 1 to 64 characters
 */
export async function pairWithBridge(fetch: DoorFetch, typedCode: string, kioskName: string): Promise<Result<PairedDoor, PairFailure>> {
  const code = readPairingCode(typedCode);
  if (code === null) return err('not-a-code', 'not eight digits and letters of a code');
  const offered = await postJson(fetch, doorPaths.offer, '{}', limitMs);
  if (!offered.ok) return offered;
  const offer = v.safeParse(pairingOffer, parseJson(offered.value));
  if (!offer.success) return refusalIn(offered.value);
  const salt = fromBase64Url(offer.output.salt);
  if (salt === null || (await readPublicKey(offer.output.bridgeKey)) === null) return err('bad-answer', 'salt or key of the offer');

  const keys = await newSigningKeys();
  const own = { kioskName, kioskKey: keys.publicKey, kioskNonce: toBase64Url(randomBytes(16)), bridgeNonce: offer.output.bridgeNonce };
  const transcript = { ...offer.output, ...own };
  const key = await pairingKey(code, salt);
  const answered = await postJson(fetch, doorPaths.pair, JSON.stringify({ ...own, proof: await kioskProof(key, transcript) }), limitMs);
  if (!answered.ok) return answered;
  const answer = v.safeParse(pairingAnswer, parseJson(answered.value));
  if (!answer.success) return refusalIn(answered.value);
  const { kioskId, proof } = answer.output;
  if (!(await isBridgeProof(key, proof, transcript, kioskId))) return err('bridge-unproven', 'its proof does not fit the code');
  const { doorId, doorName, bridgeKey } = offer.output;
  return ok({ kioskId, doorId, doorName, bridgeKey, privateKey: keys.privateKey });
}

function refusalIn(text: string): Result<never, PairFailure> {
  const refused = v.safeParse(pairingRefused, parseJson(text));
  return refused.success ? err(refused.output.code, 'the bridge refused') : err('bad-answer', 'no answer of a bridge');
}
