export { openBridgeDoor } from './bridge-door.ts';
export type { BridgeDoor, DoorReply } from './bridge-door.ts';
export { fromBase64Url, randomBytes, toBase64Url } from './bytes.ts';
export { newSigningKeys, readPublicKey } from './keys.ts';
export type { Key, SigningKeys } from './keys.ts';
export {
  challengeRequest,
  confirmers,
  doorStates,
  doubts,
  maxPulseLifeMs,
  maxStateWaitMs,
  pairingRefusals,
  pairingRequest,
  pulseRequest,
  refusals,
  stateRequest,
} from './messages.ts';
export type {
  ChallengeAnswer,
  ChallengeRequest,
  Confirmer,
  DoorState,
  Doubt,
  PairingAnswer,
  PairingOffer,
  PairingRefusal,
  PairingRequest,
  PulseAnswer,
  PulseOutcome,
  PulseRequest,
  Refusal,
  RefusedAnswer,
  StateAnswer,
  StateRequest,
} from './messages.ts';
export { pairWithBridge } from './pair.ts';
export type { PairFailure } from './pair.ts';
export type { PairedDoor } from './paired-door.ts';
export { newPairingCode, pairingKey, readPairingCode } from './pairing-code.ts';
export { bridgeProof, isBridgeProof, isKioskProof, kioskProof } from './pairing-proof.ts';
export type { Transcript } from './pairing-proof.ts';
export { doorPaths } from './paths.ts';
export type { DoorFetch, PostFailure } from './post.ts';
export { pulseMessage, requestPulse, signPulse } from './request-pulse.ts';
export type { PulseFailure, PulseOptions } from './request-pulse.ts';
export { lcusRelay, openSerialRelay } from './serial-relay.ts';
export type { RelayProtocol, SerialLine, SerialRelay, SerialRelayOptions } from './serial-relay.ts';
export { digestOf, hasValidSignature, maxWireBytes, parseJson, readEnvelope, writeSigned } from './signed.ts';
export type { Signed, Signer } from './signed.ts';
export { watchDoor } from './watch-door.ts';
export type { WatchOptions } from './watch-door.ts';
