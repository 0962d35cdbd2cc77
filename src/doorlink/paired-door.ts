import type { Key } from './keys.ts';

/** What a kiosk keeps of a pairing. All of it can be put into IndexedDB as it is. */
export interface PairedDoor {
  readonly kioskId: string;
  readonly doorId: string;
  /** As the owner named it, for people. */
  readonly doorName: string;
  /** The bridge's public key, base64url: only answers signed by it count. */
  readonly bridgeKey: string;
  /** The kiosk's own private key; it cannot be read out. */
  readonly privateKey: Key;
}
