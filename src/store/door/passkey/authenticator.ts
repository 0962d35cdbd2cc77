import type { Failure, Result } from '../../../base/index.ts';
import { err, fromHex, messageOf, ok, toHex } from '../../../base/index.ts';
import type { Bytes } from '../../vault/bytes.ts';
import { algorithms } from './signature.ts';
import type { Assertion, Attestation } from './verify-passkey.ts';

/** `cancelled`: the person said no, or took too long. `known-already`: the authenticator has one of the known passkeys. `not-here`: this browser, device or address has none. */
export type AuthenticatorFailure = Failure<'cancelled' | 'known-already' | 'not-here'>;

/** The device's own authenticator, or one that is plugged in. */
export interface Authenticator {
  make(challenge: Bytes, site: string, ownerName: string, knownIds: readonly string[]): Promise<Result<Attestation, AuthenticatorFailure>>;
  use(challenge: Bytes, site: string, ids: readonly string[]): Promise<Result<Assertion, AuthenticatorFailure>>;
}

const limitMs = 120_000;

/** The browser's. It always asks who it is: by a finger, a face or the device's own code. */
export function createAuthenticator(): Authenticator {
  return {
    make: (challenge, site, ownerName, knownIds) =>
      asked(async () => {
        const credential = await navigator.credentials.create({
          publicKey: {
            challenge,
            rp: { id: site, name: 'Lintel' },
            user: { id: crypto.getRandomValues(new Uint8Array(16)), name: ownerName, displayName: ownerName },
            pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
            excludeCredentials: knownIds.map(described),
            authenticatorSelection: { userVerification: 'required', residentKey: 'discouraged' },
            attestation: 'none',
            timeout: limitMs,
          },
        });
        const response = credential instanceof PublicKeyCredential ? credential.response : null;
        if (!(credential instanceof PublicKeyCredential) || !(response instanceof AuthenticatorAttestationResponse)) return null;
        const publicKey = response.getPublicKey();
        return {
          id: toHex(new Uint8Array(credential.rawId)),
          clientDataJson: new Uint8Array(response.clientDataJSON),
          authenticatorData: new Uint8Array(response.getAuthenticatorData()),
          algorithm: response.getPublicKeyAlgorithm(),
          publicKey: publicKey && new Uint8Array(publicKey),
        };
      }),
    use: (challenge, site, ids) =>
      asked(async () => {
        const credential = await navigator.credentials.get({
          publicKey: { challenge, rpId: site, allowCredentials: ids.map(described), userVerification: 'required', timeout: limitMs },
        });
        const response = credential instanceof PublicKeyCredential ? credential.response : null;
        if (!(credential instanceof PublicKeyCredential) || !(response instanceof AuthenticatorAssertionResponse)) return null;
        return {
          id: toHex(new Uint8Array(credential.rawId)),
          clientDataJson: new Uint8Array(response.clientDataJSON),
          authenticatorData: new Uint8Array(response.authenticatorData),
          signature: new Uint8Array(response.signature),
        };
      }),
  };
}

function described(id: string): PublicKeyCredentialDescriptor {
  return { type: 'public-key', id: fromHex(id) };
}

const codes: Readonly<Record<string, AuthenticatorFailure['code']>> = { NotAllowedError: 'cancelled', AbortError: 'cancelled', InvalidStateError: 'known-already' };

async function asked<T>(ask: () => Promise<T | null>): Promise<Result<T, AuthenticatorFailure>> {
  if (!('PublicKeyCredential' in globalThis)) return err('not-here', 'this browser has no passkeys');
  try {
    const answer = await ask();
    return answer === null ? err('not-here', 'another kind of credential') : ok(answer);
  } catch (thrown) {
    if (!(thrown instanceof DOMException)) throw thrown;
    return err(codes[thrown.name] ?? 'not-here', messageOf(thrown));
  }
}
