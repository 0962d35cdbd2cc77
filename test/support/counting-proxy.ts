import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy that lets nothing through and writes down what was asked of it. */
export interface CountingProxy {
  /** Flags for a Chromium whose every request, except to this machine itself, must go through the proxy. */
  readonly args: readonly string[];
  /** Host names and addresses that were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export async function startCountingProxy(): Promise<CountingProxy> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(403).end();
  });
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    args: [`--proxy-server=http://127.0.0.1:${port}`],
    asked,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Chromium itself calls home for updates and sign-in, and asks what kind of form it sees; no page can keep it from that. */
const browsersOwn = /^(http:\/\/)?(update\.googleapis|accounts\.google|content-autofill\.googleapis)\.com/;

/** What pages asked of others than this machine. */
export function askedByPages({ asked }: CountingProxy): readonly string[] {
  return asked.filter((host) => !browsersOwn.test(host));
}
