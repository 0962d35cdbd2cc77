import type { IncomingMessage, RequestListener, Server as HttpServer, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Failure, Result } from '../base/index.ts';
import { err, messageOf, ok } from '../base/index.ts';
import type { FinalHandler } from './handler.ts';
import { readBody } from './read-body.ts';

/** A certificate chain and its private key, both PEM. */
export interface TlsPair {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface ListenOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Address or name to bind; null binds every address of the machine. */
  readonly host: string | null;
  /** With a pair the server speaks https, else http. */
  readonly tls: TlsPair | null;
}

export interface RunningServer {
  readonly port: number;
  /** Uses another certificate for connections from now on (https only; ignored otherwise). */
  renew(pair: TlsPair): void;
  /** Takes no new connection, lets running answers end, and cuts what is left after `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

export type ListenFailure = Failure<'port-busy' | 'address-unavailable' | 'port-forbidden' | 'listen-failed'>;

const codes: Readonly<Record<string, ListenFailure['code']>> = {
  EADDRINUSE: 'port-busy',
  EADDRNOTAVAIL: 'address-unavailable',
  ENOTFOUND: 'address-unavailable',
  EACCES: 'port-forbidden',
};

/** Starts a server around a handler. */
export async function listen(handler: FinalHandler, options: ListenOptions): Promise<Result<RunningServer, ListenFailure>> {
  const listener: RequestListener = (request, response) => {
    answer(handler, request, response).catch((thrown: unknown) => {
      console.error(`${request.method ?? ''} ${request.url ?? ''}: ${messageOf(thrown)}`);
      response.destroy();
    });
  };
  const secure = options.tls ? createHttpsServer({ ...tlsOptions(options.tls), minVersion: 'TLSv1.2' }, listener) : null;
  const server = secure ?? createHttpServer(listener);
  const failure = await bound(server, options);
  if (failure) return failure;
  return ok({
    port: (server.address() as AddressInfo).port,
    renew: (pair) => secure?.setSecureContext(tlsOptions(pair)),
    close: (graceMs = 2000) => closed(server, graceMs),
  });
}

async function answer(handler: FinalHandler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, headers, body } = await handler({ method: request.method ?? '', target: request.url ?? '', headers: request.headers, readBody: (maxBytes) => readBody(request, maxBytes) });
  response.writeHead(status, headers);
  response.end(body ?? undefined);
}

function bound(server: HttpServer | HttpsServer, { port, host }: ListenOptions): Promise<Result<never, ListenFailure> | null> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => resolve(err(codes[error.code ?? ''] ?? 'listen-failed', error.message));
    server.once('error', failed);
    server.listen({ port, ...(host === null ? {} : { host }) }, () => {
      server.off('error', failed);
      resolve(null);
    });
  });
}

function closed(server: HttpServer | HttpsServer, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function tlsOptions(pair: TlsPair): { cert: string; key: string } {
  return { cert: pair.certificatePem, key: pair.keyPem };
}
