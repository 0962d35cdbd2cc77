import type { Result } from '../../../base/index.ts';
import { err, ok, toHex } from '../../../base/index.ts';
import type { Bytes } from '../../vault/bytes.ts';
import type { PasskeyProblem } from './passkey-failure.ts';

export interface AuthenticatorData {
  readonly siteHash: string;
  /** Somebody touched it. */
  readonly present: boolean;
  /** It made sure who: by its own PIN, finger or face. */
  readonly verified: boolean;
  /** 0 for authenticators that do not count. */
  readonly counter: number;
  /** In hexadecimal; null where no credential comes along. */
  readonly credentialId: string | null;
}

const flag = { present: 0x01, verified: 0x04, credential: 0x40, extensions: 0x80 } as const;
const fixedBytes = 37;
const idAt = fixedBytes + 16 + 2;

/** Reads what an authenticator says of itself. Ref: WebAuthn Level 3, 6.1 */
export function readAuthenticatorData(bytes: Bytes): Result<AuthenticatorData, PasskeyProblem> {
  if (bytes.length < fixedBytes) return err('malformed', `${bytes.length} bytes of authenticator data`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint8(32);
  const hasCredential = (flags & flag.credential) !== 0;
  if (!hasCredential && (flags & flag.extensions) === 0 && bytes.length !== fixedBytes) return err('malformed', 'more authenticator data than its flags say');
  let credentialId: string | null = null;
  if (hasCredential) {
    const idEnd = bytes.length < idAt ? Infinity : idAt + view.getUint16(idAt - 2);
    if (idEnd > bytes.length) return err('malformed', 'the credential is cut off');
    credentialId = toHex(bytes.subarray(idAt, idEnd));
  }
  return ok({
    siteHash: toHex(bytes.subarray(0, 32)),
    present: (flags & flag.present) !== 0,
    verified: (flags & flag.verified) !== 0,
    counter: view.getUint32(33),
    credentialId,
  });
}

/** Whether it was made for this site, by somebody whom the authenticator made sure of. */
export async function checkPresence({ siteHash, present, verified }: AuthenticatorData, site: string): Promise<Result<null, PasskeyProblem>> {
  const expected = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(site));
  if (siteHash !== toHex(new Uint8Array(expected))) return err('other-site', `not for ${site}`);
  if (!present) return err('not-present', 'nobody touched the authenticator');
  return verified ? ok(null) : err('not-verified', 'the authenticator did not make sure who it was');
}
