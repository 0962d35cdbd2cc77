import type { IncomingHttpHeaders } from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildAuthority, buildServerCertificate } from '../../src/server/certificates/build-certificate.ts';
import { serve } from '../../src/server/index.ts';
import type { RunningSite, ServeMode, ServerWorld } from '../../src/server/index.ts';
import { madeSite } from './made-site.ts';

let site: Awaited<ReturnType<typeof madeSite>>;
let dataFolder: string;
const running: RunningSite[] = [];

beforeAll(async () => {
  site = await madeSite();
  dataFolder = await mkdtemp(join(tmpdir(), 'lintel-data-'));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()));
});
afterAll(async () => {
  await site.remove();
  await rm(dataFolder, { recursive: true });
});

function world(): ServerWorld {
  return { siteFolder: site.folder, dataFolder, names: () => ({ hostName: 'studio', addresses: ['192.168.7.7'] }), now: () => new Date() };
}

async function started(mode: ServeMode, port = 0): Promise<RunningSite> {
  const result = await serve({ port, host: '127.0.0.1', mode }, world());
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.detail}`);
  running.push(result.value);
  return result.value;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request over the wire; with an authority it is https that trusts this authority and no other. */
function fetched(port: number, path: string, options: { ca?: string; servername?: string; method?: string } = {}): Promise<Answer> {
  const { ca, servername, method = 'GET' } = options;
  return new Promise((resolve, reject) => {
    const request = (ca === undefined ? httpRequest : httpsRequest)({
      host: '127.0.0.1',
      port,
      path,
      method,
      agent: false,
      ...(ca === undefined ? {} : { ca, ...(servername ? { servername } : {}) }),
    });
    request.once('error', reject);
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    request.end();
  });
}

describe('over http', () => {
  it('serves the app, and HEAD without a body', async () => {
    const { port, secure, trust } = await started({ kind: 'http' });
    expect([secure, trust]).toEqual([false, null]);
    const page = await fetched(port, '/settings');
    expect(page.status).toBe(200);
    expect(page.body.toString()).toContain('<title>Lintel</title>');
    expect(page.headers['strict-transport-security']).toBeUndefined();
    const head = await fetched(port, '/settings', { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, String(page.body.length), 0]);
    expect((await fetched(port, '/lintel-authority.crt')).status).toBe(404);
  });

  it('refuses a path that leaves the folder, sent raw over a socket', async () => {
    const { port } = await started({ kind: 'http' });
    const raw = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('GET /../secret.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.once('end', () => resolve(text));
      socket.once('error', reject);
    });
    expect(raw).toMatch(/^HTTP\/1\.1 400 /);
    expect(raw).not.toContain('nobody may read');
  });

  it('names the port that is busy', async () => {
    const { port } = await started({ kind: 'http' });
    expect(await serve({ port, host: '127.0.0.1', mode: { kind: 'http' } }, world())).toMatchObject({ ok: false, failure: { code: 'port-busy', port } });
  });

  it('closes within its grace time although a connection is open', async () => {
    const server = await started({ kind: 'http' });
    const { port } = server;
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write('GET / HTTP/1.1\r\nHost: loc');
    const startMs = performance.now();
    await server.close();
    expect(performance.now() - startMs).toBeLessThan(5000);
    socket.destroy();
    await expect(fetched(port, '/')).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe('by the local authority', () => {
  it('is trusted by who trusts the authority, under every name, and by nobody else', async () => {
    const { port, trust } = await started({ kind: 'local-authority' });
    const ca = trust?.certificates().authority.toString() ?? '';
    for (const servername of ['localhost', 'studio', 'studio.local']) {
      const page = await fetched(port, '/', { ca, servername });
      expect(page.status).toBe(200);
      expect(page.headers['strict-transport-security']).toBeUndefined();
    }
    expect((await fetched(port, '/', { ca })).status).toBe(200);
    await expect(fetched(port, '/', { ca, servername: 'example.org' })).rejects.toThrow(/altnames/);
    const stranger = await buildAuthority({ commonName: 'x', validity: { notBefore: new Date(0), notAfter: new Date(4e12) }, scope: { dnsNames: ['local'], addresses: [] } });
    await expect(fetched(port, '/', { ca: stranger.certificate.toString() })).rejects.toThrow(/verify|self.signed|issuer/i);
  });

  it.each([1, 10, 40])('is held by clients to its constraints, here local names and %i ranges, whatever it signs', async (rangeCount) => {
    const validity = { notBefore: new Date(0), notAfter: new Date(4e12) };
    const ranges = Array.from({ length: rangeCount }, (_, at) => `10.${at}.0.0/16`);
    const authority = await buildAuthority({ commonName: 'narrow', validity, scope: { dnsNames: ['local'], addresses: ranges } });
    const ca = authority.certificate.toString();
    const portFor = async (dnsNames: readonly string[], addresses: readonly string[]) => {
      const issued = await buildServerCertificate({ commonName: 'any', validity, scope: { dnsNames, addresses } }, authority);
      const [certificatePath, keyPath] = [join(dataFolder, 'any.crt'), join(dataFolder, 'any.key')];
      await writeFile(certificatePath, issued.certificate.toString());
      await writeFile(keyPath, issued.key.export({ type: 'pkcs8', format: 'pem' }));
      return (await started({ kind: 'given-pair', certificatePath, keyPath })).port;
    };
    expect((await fetched(await portFor(['studio.local'], ['10.0.3.4']), '/', { ca, servername: 'studio.local' })).status).toBe(200);
    await expect(fetched(await portFor(['bank.example'], []), '/', { ca, servername: 'bank.example' })).rejects.toThrow(/permitted subtree/);
    await expect(fetched(await portFor(['studio.local'], ['11.0.3.4']), '/', { ca, servername: 'studio.local' })).rejects.toThrow(/permitted subtree/);
  });

  it('offers its certificate over https and on the helper, with the steps in both languages', async () => {
    const { port, trust } = await started({ kind: 'local-authority' });
    if (!trust) throw new Error('no helper');
    const { authority } = trust.certificates();
    for (const answer of [
      await fetched(port, '/lintel-authority.crt', { ca: authority.toString() }),
      await fetched(trust.port, '/lintel-authority.crt'),
    ]) {
      expect(answer.headers['content-type']).toBe('application/x-x509-ca-cert');
      expect(new X509Certificate(answer.body).fingerprint256).toBe(authority.fingerprint256);
    }
    const page = await fetched(trust.port, '/trust');
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    const text = page.body.toString();
    for (const part of ['Android', 'iPhone', '证书信任设置', 'href="/lintel-authority.crt"', `href="https://127.0.0.1:${port}/"`, authority.fingerprint256]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('<script');
    expect((await fetched(trust.port, '/')).headers.location).toBe('/trust');
    expect((await fetched(trust.port, '/index.html')).status).toBe(404);
    expect((await fetched(trust.port, '/trust', { method: 'POST' })).status).toBe(405);
  });

  it('has the same authority after a restart', async () => {
    const first = await started({ kind: 'local-authority' });
    const fingerprint = first.trust?.certificates().authority.fingerprint256;
    await first.close();
    const second = await started({ kind: 'local-authority' });
    expect(second.trust?.certificates().authority.fingerprint256).toBe(fingerprint);
  });

  it('frees its port when the one of the helper is busy', async () => {
    const blocker = await started({ kind: 'http' });
    const result = await serve({ port: blocker.port - 1, host: '127.0.0.1', mode: { kind: 'local-authority' } }, world());
    expect(result).toMatchObject({ ok: false, failure: { code: 'port-busy', port: blocker.port } });
    await expect(fetched(blocker.port - 1, '/')).rejects.toThrow(/ECONNREFUSED/);
  });
});

it('tells browsers to stay with https only for a certificate that a person brought', async () => {
  const validity = { notBefore: new Date(0), notAfter: new Date(4e12) };
  const authority = await buildAuthority({ commonName: 'own', validity, scope: { dnsNames: ['localhost'], addresses: ['127.0.0.0/8'] } });
  const issued = await buildServerCertificate({ commonName: 'own', validity, scope: { dnsNames: ['localhost'], addresses: ['127.0.0.1'] } }, authority);
  const [certificatePath, keyPath] = [join(dataFolder, 'own.crt'), join(dataFolder, 'own.key')];
  await writeFile(certificatePath, issued.certificate.toString());
  await writeFile(keyPath, issued.key.export({ type: 'pkcs8', format: 'pem' }));
  const { port, trust } = await started({ kind: 'given-pair', certificatePath, keyPath });
  expect(trust).toBeNull();
  const page = await fetched(port, '/', { ca: authority.certificate.toString() });
  expect(page.headers['strict-transport-security']).toBe('max-age=15552000');
  expect((await fetched(port, '/lintel-authority.crt', { ca: authority.certificate.toString() })).status).toBe(404);
});
