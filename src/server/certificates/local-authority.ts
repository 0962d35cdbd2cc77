import type { X509Certificate } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Failure, Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { NetworkNames } from '../network-names.ts';
import type { Issued } from './build-certificate.ts';
import { buildAuthority, buildServerCertificate } from './build-certificate.ts';
import { inRange } from './in-range.ts';
import { readIssued, writeIssued } from './issued-files.ts';
import type { NameScope } from './name-constraints.ts';
import { permittedDnsName, permittedRange } from './name-constraints.ts';

const dayMs = 86_400_000;
/** Clocks of phones run behind; a certificate from this minute would not be valid there yet. */
const backdateMs = dayMs;
const authorityLifeMs = 3650 * dayMs;
/** Apple refuses servers' certificates that are valid for longer than 398 days. */
const serverLifeMs = 396 * dayMs;
const renewBeforeMs = 30 * dayMs;

/**
 * What the authority may ever vouch for, besides the machine's own name and addresses on the day it is made: names and
 * addresses that exist only inside a local network. Whoever steals its key cannot pretend to be a site of the internet
 * to the phones that trust it.
 * Ref: RFC 1918, RFC 3927, RFC 6598 (shared, used by mesh VPNs), RFC 4193; RFC 6762 for `local`
 */
const localRanges: readonly string[] = ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10', '::1/128', 'fc00::/7'];
const localNames: readonly string[] = ['localhost', 'local'];

export type AuthorityFailure = Failure<'certificate-store-broken' | 'certificate-store-unwritable'>;

/** The certificates with which this machine serves its network. */
export interface LocalCertificates {
  readonly authority: X509Certificate;
  readonly server: Issued;
  /** Addresses of this machine that the authority may not vouch for: not private, and not there when it was made. */
  readonly uncovered: readonly string[];
}

/**
 * The authority and the server's certificate kept in `folder`. The authority is made once; the server's certificate is
 * made again when a name or address is not in it, when it ends within 30 days, or when another authority signed it.
 * A broken authority is a failure and never replaced unasked: phones trust the old one.
 */
export async function localCertificates(folder: string, names: NetworkNames, now: Date): Promise<Result<LocalCertificates, AuthorityFailure>> {
  try {
    const authority = await keptAuthority(folder, names, now);
    if (!authority.ok) return authority;
    const scope = serverScope(authority.value.certificate, names);
    const server = await keptServer(folder, authority.value, scope, now);
    const uncovered = names.addresses.filter((address) => !scope.addresses.includes(address));
    return ok({ authority: authority.value.certificate, server, uncovered });
  } catch (thrown) {
    return err('certificate-store-unwritable', `${folder}: ${messageOf(thrown)}`);
  }
}

async function keptAuthority(folder: string, names: NetworkNames, now: Date): Promise<Result<Issued, AuthorityFailure>> {
  const kept = await readIssued(folder, 'authority');
  if (!kept.ok) return kept;
  if (kept.value && endOf(kept.value.certificate) > now.getTime() + renewBeforeMs) return ok(kept.value);
  const ownRanges = names.addresses.filter((address) => !isLocal(address)).map(rangeOfOne);
  const scope = { dnsNames: [...localNames, ...(names.hostName ? [names.hostName] : [])], addresses: [...localRanges, ...ownRanges] };
  const commonName = `Lintel authority ${names.hostName ?? ''}`.trim().slice(0, 64);
  const made = await buildAuthority({ commonName, validity: validity(now, authorityLifeMs), scope });
  await writeIssued(folder, 'authority', made);
  return ok(made);
}

async function keptServer(folder: string, authority: Issued, scope: NameScope, now: Date): Promise<Issued> {
  const kept = await readIssued(folder, 'server');
  // A server's certificate is nobody's memory: a broken one is simply made again.
  if (kept.ok && kept.value && isGood(kept.value.certificate, authority.certificate, scope, now)) return kept.value;
  const lifeMs = Math.min(serverLifeMs, endOf(authority.certificate) - now.getTime());
  const made = await buildServerCertificate({ commonName: 'Lintel', validity: validity(now, lifeMs), scope }, authority);
  await writeIssued(folder, 'server', made);
  return made;
}

function isGood(server: X509Certificate, authority: X509Certificate, scope: NameScope, now: Date): boolean {
  return (
    server.checkIssued(authority) &&
    server.verify(authority.publicKey) &&
    endOf(server) > now.getTime() + renewBeforeMs &&
    scope.dnsNames.every((name) => server.checkHost(name) !== undefined) &&
    scope.addresses.every((address) => server.checkIP(address) !== undefined)
  );
}

function serverScope(authority: X509Certificate, { hostName, addresses }: NetworkNames): NameScope {
  // The machine may have another name or network since the authority was made: only what that permits counts.
  const permits = (address: string) => isLocal(address) || authority.raw.includes(permittedRange(rangeOfOne(address)));
  const bare = hostName !== null && authority.raw.includes(permittedDnsName(hostName)) ? [hostName] : [];
  return {
    dnsNames: ['localhost', ...bare, ...(hostName ? [`${hostName}.local`] : [])],
    addresses: ['127.0.0.1', '::1', ...addresses.filter(permits)],
  };
}

function isLocal(address: string): boolean {
  return localRanges.some((range) => inRange(address, range));
}

function rangeOfOne(address: string): string {
  return `${address}/${isIPv6(address) ? 128 : 32}`;
}

function validity(now: Date, lifeMs: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now.getTime() - backdateMs), notAfter: new Date(now.getTime() + lifeMs) };
}

function endOf(certificate: X509Certificate): number {
  return Date.parse(certificate.validTo);
}
