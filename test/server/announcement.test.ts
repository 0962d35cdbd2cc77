import { describe, expect, it } from 'vitest';
import type { NetworkInterfaceInfo } from 'node:os';
import { join } from 'node:path';
import { announcement, failureText } from '../../src/server/announcement.ts';
import { buildAuthority, buildServerCertificate } from '../../src/server/certificates/build-certificate.ts';
import { dataFolder } from '../../src/server/data-folder.ts';
import { parseOptions } from '../../src/server/index.ts';
import type { RunningSite, ServerOptions } from '../../src/server/index.ts';
import { networkNames } from '../../src/server/network-names.ts';
import { qrLines } from '../../src/server/qr-text.ts';

function info(address: string, internal = false): NetworkInterfaceInfo {
  const common = { address, netmask: '', mac: '', internal, cidr: null };
  return address.includes(':') ? { ...common, family: 'IPv6', scopeid: 0 } : { ...common, family: 'IPv4' };
}

function optionsOf(...args: string[]): ServerOptions {
  const command = parseOptions(args);
  if (!command.ok || command.value.kind !== 'serve') throw new Error('bad options');
  return command.value.options;
}

describe('the command line', () => {
  it('serves this machine by http at 4173, unless asked otherwise', () => {
    expect(optionsOf()).toEqual({ port: 4173, host: '127.0.0.1', mode: { kind: 'http' } });
    expect(optionsOf('--port', '8080', '--host', '0.0.0.0')).toMatchObject({ port: 8080, host: '0.0.0.0' });
  });

  it('opens https to the whole network', () => {
    expect(optionsOf('--lan')).toEqual({ port: 4173, host: null, mode: { kind: 'local-authority' } });
    expect(optionsOf('--lan', '--cert', 'a', '--key', 'b').mode).toEqual({ kind: 'given-pair', certificatePath: 'a', keyPath: 'b' });
  });

  it.each([['--port', 'x'], ['--port', '-1'], ['--port', '65536'], ['--key', 'b'], ['--lan', '--port', '65535'], ['stray'], ['--kiosks'], ['--revoke', 'x']].map((args) => [args]))('refuses %j', (args) => {
    expect(parseOptions(args)).toMatchObject({ ok: false, failure: { code: 'bad-option' } });
  });
});

describe('the names of the machine', () => {
  it('puts the home network first and leaves loopback, containers and zoned addresses out', () => {
    const names = networkNames(
      {
        lo: [info('127.0.0.1', true), info('::1', true)],
        docker0: [info('172.17.0.1')],
        tun0: [info('10.8.0.2')],
        wlan0: [info('fe80::1'), info('fd12::5'), info('192.168.1.20')],
        gone: undefined,
      },
      'Studio.example.org',
    );
    expect(names).toEqual({ hostName: 'studio', addresses: ['192.168.1.20', '10.8.0.2', 'fd12::5'] });
  });

  it('has containers only when there is nothing else, and no name that DNS could not have', () => {
    expect(networkNames({ docker0: [info('172.17.0.1')] }, 'my_box')).toEqual({ hostName: null, addresses: ['172.17.0.1'] });
  });
});

it('keeps data where the platform keeps it', () => {
  expect(dataFolder({}, 'linux', '/her/home')).toBe(join('/her/home', '.local', 'share', 'lintel'));
  expect(dataFolder({ XDG_DATA_HOME: '/data' }, 'linux', '/her/home')).toBe(join('/data', 'lintel'));
  expect(dataFolder({}, 'darwin', '/his/home')).toBe(join('/his/home', 'Library', 'Application Support', 'Lintel'));
  expect(dataFolder({ LOCALAPPDATA: 'L' }, 'win32', 'H')).toBe(join('L', 'Lintel'));
});

describe('the terminal', async () => {
  const validity = { notBefore: new Date(0), notAfter: new Date(4e12) };
  const authority = await buildAuthority({ commonName: 'a', validity, scope: { dnsNames: ['local'], addresses: [] } });
  const server = await buildServerCertificate({ commonName: 's', validity, scope: { dnsNames: [], addresses: [] } }, authority);
  const names = { hostName: 'studio', addresses: ['192.168.1.20', '203.0.113.9', 'fd12::5'] };
  const close = () => Promise.resolve();

  it('shows one local address for plain http', () => {
    const site: RunningSite = { secure: false, port: 4173, trust: null, close };
    const text = announcement(site, optionsOf(), names, false);
    expect(text).toContain('http://localhost:4173');
    expect(text).not.toContain('192.168');
  });

  it('shows with --lan what to scan first, the fingerprint, and which address is not covered', () => {
    const trust = { port: 4174, certificates: () => ({ authority: authority.certificate, server, uncovered: ['203.0.113.9'] }) };
    const text = announcement({ secure: true, port: 4173, trust, close }, optionsOf('--lan'), names, false);
    const [first, second] = [text.indexOf('http://192.168.1.20:4174/trust'), text.indexOf('     https://192.168.1.20:4173/')];
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first);
    for (const line of qrLines('https://192.168.1.20:4173/', false)) expect(text).toContain(line);
    expect(text).toContain('https://studio.local:4173');
    expect(text).toContain('https://[fd12::5]:4173');
    expect(text).toContain('203.0.113.9 is a public address');
    expect(text).not.toContain('https://203.0.113.9');
    expect(text.replace(/\s/g, '')).toContain(authority.certificate.fingerprint256);
  });

  it('says what to do about a busy port', () => {
    expect(failureText({ code: 'port-busy', detail: 'listen EADDRINUSE', port: 4173 })).toMatch(/Port 4173 is in use.*--port 4183/);
  });
});

describe('a QR code in the terminal', () => {
  it('is a square of half blocks with four modules of margin, in both manners', () => {
    const plain = qrLines('https://192.168.1.20:4173/', false);
    const width = plain[0]?.length ?? 0;
    expect(plain).toHaveLength(Math.ceil(width / 2));
    expect(plain.slice(0, 2).join('')).toBe('█'.repeat(2 * width));
    expect(plain.every((line) => line.startsWith('████') && line.length === width)).toBe(true);
    // The finder pattern: 7 dark modules on top, a ring of light ones below.
    expect(plain[2]?.slice(4, 11)).toBe(' ▄▄▄▄▄ ');
    const coloured = qrLines('https://192.168.1.20:4173/', true);
    expect(coloured[2]?.slice(coloured[2].indexOf('m') + 1).slice(4, 11)).toBe('█▀▀▀▀▀█');
  });
});
