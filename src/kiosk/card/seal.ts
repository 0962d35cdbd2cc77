type Bytes = Uint8Array<ArrayBuffer>;

const publicLength = 65;
const ivLength = 12;

/**
 * Seals bytes for the holder of a private key: a new key pair for each, ECDH P-256, HKDF with SHA-256, AES-GCM of 256 bits.
 * Result: the new public key, the IV, the cipher text with its tag.
 * Ref: the construction is that of ECIES, SEC 1 version 2.0, 5.1, with AES-GCM for cipher and MAC
 *
 * @param about is not in the result and must be the same when it is opened
 */
export async function seal(publicKey: CryptoKey, content: Bytes, about: Bytes): Promise<Bytes> {
  const once = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
  const from = new Uint8Array(await crypto.subtle.exportKey('raw', once.publicKey));
  const iv = crypto.getRandomValues(new Uint8Array(ivLength));
  const key = await sharedKey(once.privateKey, publicKey, from);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: about }, key, content));
  const all = new Uint8Array(publicLength + ivLength + sealed.length);
  all.set(from);
  all.set(iv, publicLength);
  all.set(sealed, publicLength + ivLength);
  return all;
}

/** Null for what was not sealed for this key, or about something else, or was altered. */
export async function unseal(privateKey: CryptoKey, sealed: Bytes, about: Bytes): Promise<Bytes | null> {
  const from = sealed.slice(0, publicLength);
  const iv = sealed.slice(publicLength, publicLength + ivLength);
  try {
    const publicKey = await crypto.subtle.importKey('raw', from, { name: 'ECDH', namedCurve: 'P-256' }, false, []);
    const key = await sharedKey(privateKey, publicKey, from);
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: about }, key, sealed.slice(publicLength + ivLength)));
  } catch {
    return null;
  }
}

async function sharedKey(privateKey: CryptoKey, publicKey: CryptoKey, salt: Bytes): Promise<CryptoKey> {
  const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, privateKey, 256);
  const material = await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode('lintel-card-seal-1');
  return await crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
