import type { X509Certificate } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildAuthority, buildServerCertificate } from '../../src/server/certificates/build-certificate.ts';
import { givenPair } from '../../src/server/certificates/given-pair.ts';
import { inRange } from '../../src/server/certificates/in-range.ts';
import type { LocalCertificates } from '../../src/server/certificates/local-authority.ts';
import { localCertificates } from '../../src/server/certificates/local-authority.ts';
import { permittedDnsName, permittedRange } from '../../src/server/certificates/name-constraints.ts';

const dayMs = 86_400_000;
const now = new Date('2026-03-01T12:00:00Z');
const later = (days: number) => new Date(now.getTime() + days * dayMs);
const names = { hostName: 'studio', addresses: ['192.168.1.20', 'fd12:3456::1'] };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-authority-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function certificates(known = names, at = now): Promise<LocalCertificates> {
  const result = await localCertificates(folder, known, at);
  if (!result.ok) throw new Error(result.failure.detail);
  return result.value;
}

describe('the local authority', () => {
  it('is an authority, and signs a certificate for every name and address of the machine', async () => {
    const { authority, server, uncovered } = await certificates();
    expect(authority.ca).toBe(true);
    expect(authority.checkIssued(authority) && authority.verify(authority.publicKey)).toBe(true);
    const { certificate, key } = server;
    expect(certificate.ca).toBe(false);
    expect(certificate.checkIssued(authority) && certificate.verify(authority.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(key)).toBe(true);
    for (const name of ['localhost', 'studio', 'studio.local']) expect(certificate.checkHost(name)).toBe(name);
    for (const address of ['127.0.0.1', '192.168.1.20', 'fd12:3456::1']) expect(certificate.checkIP(address)).toBe(address);
    expect(certificate.checkHost('example.org')).toBeUndefined();
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(uncovered).toEqual([]);
  });

  it('lasts ten years; its server certificates stay under the 398 days that Apple allows', async () => {
    const { authority, server } = await certificates();
    const daysOf = ({ validFrom, validTo }: X509Certificate) => (Date.parse(validTo) - Date.parse(validFrom)) / dayMs;
    expect(daysOf(authority)).toBeGreaterThan(3650);
    expect(daysOf(server.certificate)).toBeGreaterThan(390);
    expect(daysOf(server.certificate)).toBeLessThanOrEqual(397);
  });

  it('is kept: the next run has the same authority and the same server certificate', async () => {
    const first = await certificates();
    const second = await certificates(names, later(300));
    expect(second.authority.fingerprint256).toBe(first.authority.fingerprint256);
    expect(second.server.certificate.fingerprint256).toBe(first.server.certificate.fingerprint256);
  });

  it.each([
    ['an address was added', { ...names, addresses: [...names.addresses, '10.0.0.7'] }, now],
    ['the machine was renamed', { ...names, hostName: 'kitchen' }, now],
    ['it ends within 30 days', names, later(370)],
  ])('makes the server certificate again when %s, under the same authority', async (_, known, at) => {
    const first = await certificates();
    const second = await certificates(known, at);
    expect(second.authority.fingerprint256).toBe(first.authority.fingerprint256);
    expect(second.server.certificate.fingerprint256).not.toBe(first.server.certificate.fingerprint256);
    expect(second.server.certificate.verify(second.authority.publicKey)).toBe(true);
    for (const address of known.addresses) expect(second.server.certificate.checkIP(address)).toBe(address);
    expect(second.server.certificate.checkHost(`${known.hostName}.local`)).toBe(`${known.hostName}.local`);
  });

  it('leaves out what its constraints forbid: a bare name it was not made for, and later public addresses', async () => {
    await certificates();
    const { server, uncovered } = await certificates({ hostName: 'kitchen', addresses: ['203.0.113.9', '192.168.1.20'] });
    expect(server.certificate.checkHost('kitchen')).toBeUndefined();
    expect(server.certificate.checkIP('203.0.113.9')).toBeUndefined();
    expect(uncovered).toEqual(['203.0.113.9']);
  });

  it('covers the public addresses that the machine had when the authority was made, and no neighbour', async () => {
    const known = { hostName: 'campus', addresses: ['203.0.113.9', '2001:db8::9'] };
    const { server, uncovered } = await certificates(known);
    for (const address of known.addresses) expect(server.certificate.checkIP(address)).toBeDefined();
    expect(uncovered).toEqual([]);
    expect((await certificates({ ...known, addresses: ['203.0.113.10'] })).uncovered).toEqual(['203.0.113.10']);
  });

  it('starts over when it is about to end', async () => {
    const first = await certificates();
    const second = await certificates(names, later(3640));
    expect(second.authority.fingerprint256).not.toBe(first.authority.fingerprint256);
    expect(second.server.certificate.verify(second.authority.publicKey)).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('keeps its keys from other people, also keys that were open', async () => {
    await certificates();
    const modeOf = async (name: string) => ((await stat(join(folder, name))).mode & 0o777).toString(8);
    expect([await modeOf('authority.key'), await modeOf('server.key')]).toEqual(['600', '600']);
    await chmod(join(folder, 'authority.key'), 0o644);
    await certificates();
    expect(await modeOf('authority.key')).toBe('600');
  });

  it('is never replaced unasked when it is damaged', async () => {
    await certificates();
    const path = join(folder, 'authority.crt');
    const whole = await readFile(path, 'utf8');
    for (const damaged of [whole.slice(0, 200), '', (await certificates()).server.certificate.toString()]) {
      await writeFile(path, damaged);
      expect(await localCertificates(folder, names, now)).toMatchObject({ ok: false, failure: { code: 'certificate-store-broken' } });
      expect(await readFile(path, 'utf8')).toBe(damaged);
      await writeFile(path, whole);
    }
    await rm(join(folder, 'authority.key'));
    expect(await localCertificates(folder, names, now)).toMatchObject({ ok: false, failure: { code: 'certificate-store-broken' } });
  });

  it('makes a damaged server certificate again', async () => {
    const first = await certificates();
    await writeFile(join(folder, 'server.crt'), 'no certificate');
    const second = await certificates();
    expect(second.authority.fingerprint256).toBe(first.authority.fingerprint256);
    expect(second.server.certificate.verify(first.authority.publicKey)).toBe(true);
  });

  it('says so when it cannot be kept', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(await localCertificates(join(file, 'below'), names, now)).toMatchObject({ ok: false, failure: { code: 'certificate-store-unwritable' } });
  });
});

describe('a pair that a person brings', async () => {
  const validity = { notBefore: now, notAfter: later(90) };
  const scope = { dnsNames: ['localhost'], addresses: ['127.0.0.0/8'] };
  const authority = await buildAuthority({ commonName: 'test', validity, scope });
  const issued = await buildServerCertificate({ commonName: 'own', validity, scope: { dnsNames: ['localhost'], addresses: [] } }, authority);
  const pem = (key: typeof issued.key) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

  async function pairOf(certificate: string | null, key: string | null, at = later(1)) {
    const [certificatePath, keyPath] = [join(folder, 'own.crt'), join(folder, 'own.key')];
    if (certificate !== null) await writeFile(certificatePath, certificate);
    if (key !== null) await writeFile(keyPath, key);
    const result = await givenPair(certificatePath, keyPath, at);
    return result.ok ? 'ok' : result.failure.code;
  }

  it.each([
    ['ok', issued.certificate.toString(), pem(issued.key), later(1)],
    ['certificate-unreadable', null, pem(issued.key), later(1)],
    ['key-unreadable', issued.certificate.toString(), null, later(1)],
    ['certificate-invalid', 'hello', pem(issued.key), later(1)],
    ['key-invalid', issued.certificate.toString(), 'hello', later(1)],
    ['key-of-another-certificate', issued.certificate.toString(), pem(authority.key), later(1)],
    ['certificate-expired', issued.certificate.toString(), pem(issued.key), later(91)],
    ['certificate-not-yet-valid', issued.certificate.toString(), pem(issued.key), later(-1)],
  ])('%s', async (code, certificate, key, at) => {
    expect(await pairOf(certificate, key, at)).toBe(code);
  });
});

describe('an entry of the permitted names', () => {
  // By hand from RFC 5280, 4.2.1.10: a sequence of [2] with the name, or of [7] with address and mask.
  it.each([
    ['10.0.0.0/8', '300a87080a000000ff000000'],
    ['172.16.0.0/12', '300a8708ac100000fff00000'],
    ['::1/128', `30228720${'00'.repeat(15)}01${'ff'.repeat(16)}`],
    ['fc00::/7', `30228720fc${'00'.repeat(15)}fe${'00'.repeat(15)}`],
    ['2001:db8::12:0/128', `3022872020010db8${'00'.repeat(8)}00120000${'ff'.repeat(16)}`],
  ])('permits %s', (range, hex) => {
    expect(permittedRange(range).toString('hex')).toBe(hex);
  });

  it('permits a name', () => {
    expect(permittedDnsName('local').toString('hex')).toBe(`30078205${Buffer.from('local').toString('hex')}`);
  });
});

describe('addresses', () => {
  it.each([
    ['172.15.255.255', '172.16.0.0/12', false],
    ['172.16.0.0', '172.16.0.0/12', true],
    ['172.31.255.255', '172.16.0.0/12', true],
    ['172.32.0.0', '172.16.0.0/12', false],
    ['fd00::1', '172.16.0.0/12', false],
    ['fd00::1', 'fc00::/7', true],
    ['fe00::1', 'fc00::/7', false],
    ['::1', '::1/128', true],
    ['::2', '::1/128', false],
    ['fe80::1%eth0', 'fe80::/10', true],
    ['localhost', '127.0.0.0/8', false],
  ])('%s in %s: %s', (address, range, expected) => {
    expect(inRange(address, range)).toBe(expected);
  });
});
