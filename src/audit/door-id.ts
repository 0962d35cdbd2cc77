import { toHex } from '../base/index.ts';

/**
 * How the log names a person: a one-way hash of their random id, 64 hexadecimal digits. Whoever has the vault finds the
 * person by hashing the ids in it. When the person is revoked their id is erased, and since it was 128 random bits, nothing
 * leads from the log to it, or to a name, any more: the lines then say only that one and the same somebody was let in.
 *
 * @param personId the id of the person's record in the vault
 */
export async function doorIdOf(personId: string): Promise<string> {
  const hashed = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`lintel-door-person-1\n${personId}`));
  return toHex(new Uint8Array(hashed));
}
