/** The two key pairs of a door's cards. Their private halves cannot be read out; both can be kept in IndexedDB as they are. */
export interface CardKeys {
  /** ECDSA P-256: only this door makes its cards. */
  readonly signing: CryptoKeyPair;
  /** ECDH P-256: only this door reads what a card holds. */
  readonly sealing: CryptoKeyPair;
}

export async function newCardKeys(): Promise<CardKeys> {
  const [signing, sealing] = await Promise.all([
    crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']),
    crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']),
  ]);
  return { signing, sealing };
}
