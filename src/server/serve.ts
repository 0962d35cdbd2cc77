import type { Failure, Result } from '../base/index.ts';
import { err, ok, systemCalendar, systemClock } from '../base/index.ts';
import type { GivenPairFailure } from './certificates/given-pair.ts';
import { givenPair } from './certificates/given-pair.ts';
import type { AuthorityFailure, LocalCertificates } from './certificates/local-authority.ts';
import type { ConfigFailure, OpenDoor, OpenDoorFailure } from './door/index.ts';
import type { Handler } from './handler.ts';
import { firstOf } from './handler.ts';
import type { ListenFailure, RunningServer, TlsPair } from './listen.ts';
import { listen } from './listen.ts';
import type { NetworkNames } from './network-names.ts';
import type { ServerOptions } from './options.ts';
import { siteHandler } from './site-handler.ts';
import { loadSiteFiles } from './site-files.ts';
import { certificateHandler, trustHandler } from './trust-handler.ts';

/** How often a running server looks whether its machine has moved to another network, or its certificate is old. */
const renewalCheckMs = 60_000;

/** What the server needs from outside, so that tests give their own. */
export interface ServerWorld {
  /** The built app. */
  readonly siteFolder: string;
  /** Where the local authority is kept. */
  readonly dataFolder: string;
  names(): NetworkNames;
  now(): Date;
  /** What happens at the door, a line at a time; absent where nobody reads it. */
  readonly log?: (line: string) => void;
}

export interface RunningSite {
  readonly secure: boolean;
  readonly port: number;
  /** With the local authority: its certificates, and the port of the plain-http helper. */
  readonly trust: { readonly port: number; readonly certificates: () => LocalCertificates } | null;
  /** The bridge to a door; absent without one. */
  readonly door?: OpenDoor;
  close(): Promise<void>;
}

/** `port` is the one that the failure is about, where it is about one. */
export type ServeFailure = Failure<'site-missing' | 'door-needs-tls'> | ConfigFailure | OpenDoorFailure | GivenPairFailure | AuthorityFailure | (ListenFailure & { readonly port: number });

/** Only this machine can reach these. */
const loopbackHosts: readonly (string | null)[] = ['127.0.0.1', '::1', 'localhost'];

/** Serves the built app as the options say, and the bridge to a door where one is named, until `close()`. */
export async function serve(options: ServerOptions, world: ServerWorld): Promise<Result<RunningSite, ServeFailure>> {
  if (!options.door) return serveSite(options, world, null);
  if (options.mode.kind === 'http' && !loopbackHosts.includes(options.host)) return err('door-needs-tls', `plain http at ${options.host ?? 'every address'}`);
  const opened = await openDoorOf(options.door.configPath, world);
  if (!opened.ok) return opened;
  const door = opened.value;
  const site = await serveSite(options, world, door);
  if (!site.ok) {
    await door.close();
    return site;
  }
  const close = async () => {
    await door.close();
    await site.value.close();
  };
  return ok({ ...site.value, door, close });
}

async function openDoorOf(configPath: string, { dataFolder, log = () => undefined }: ServerWorld): Promise<Result<OpenDoor, ConfigFailure | OpenDoorFailure>> {
  // Loaded only here: most who serve the app have no door.
  const { openDoor, readDoorConfig } = await import('./door/index.ts');
  const config = await readDoorConfig(configPath);
  if (!config.ok) return config;
  const showCode = (code: string) => log(`three wrong tries; the new pairing code is ${code}`);
  return openDoor(config.value, { dataFolder, clock: systemClock, calendar: systemCalendar, showCode, log });
}

async function serveSite(options: ServerOptions, world: ServerWorld, door: OpenDoor | null): Promise<Result<RunningSite, ServeFailure>> {
  const files = await loadSiteFiles(world.siteFolder);
  if (!files.ok) return files;
  const site = (handlers: readonly Handler[], httpsOnly: boolean) =>
    firstOf([...handlers, ...(door ? [door.handler({ httpsOnly })] : [])], siteHandler(files.value, { httpsOnly }));
  const { mode, host, port } = options;

  if (mode.kind === 'local-authority') return serveByAuthority(options, world, (handlers) => site(handlers, false));

  const pair = mode.kind === 'given-pair' ? await givenPair(mode.certificatePath, mode.keyPath, world.now()) : ok(null);
  if (!pair.ok) return pair;
  const secure = pair.value !== null;
  const app = await listenAt(site([], secure), port, host, pair.value);
  return app.ok ? ok({ secure, port: app.value.port, trust: null, close: () => app.value.close() }) : app;
}

async function serveByAuthority(
  { host, port }: ServerOptions,
  world: ServerWorld,
  site: (handlers: readonly Handler[]) => ReturnType<typeof siteHandler>,
): Promise<Result<RunningSite, ServeFailure>> {
  // Loaded only here: the other modes have no use for the library that makes certificates.
  const { localCertificates } = await import('./certificates/local-authority.ts');
  const issue = () => localCertificates(world.dataFolder, world.names(), world.now());
  const first = await issue();
  if (!first.ok) return first;
  let current = first.value;
  const authority = () => current.authority;

  const app = await listenAt(site([certificateHandler(authority)]), port, host, pairOf(current));
  if (!app.ok) return app;
  const helperHandler = firstOf([certificateHandler(authority)], trustHandler(authority, app.value.port));
  const helper = await listenAt(helperHandler, port === 0 ? 0 : app.value.port + 1, host, null);
  if (!helper.ok) {
    await app.value.close();
    return helper;
  }

  const renewal = setInterval(() => {
    void issue().then((renewed) => {
      if (!renewed.ok) {
        console.error(`the certificate could not be renewed: ${renewed.failure.detail}`);
        return;
      }
      if (renewed.value.server.certificate.raw.equals(current.server.certificate.raw)) return;
      current = renewed.value;
      app.value.renew(pairOf(current));
    });
  }, renewalCheckMs);
  const close = async () => {
    clearInterval(renewal);
    await Promise.all([app.value.close(), helper.value.close()]);
  };
  return ok({ secure: true, port: app.value.port, trust: { port: helper.value.port, certificates: () => current }, close });
}

async function listenAt(
  handler: ReturnType<typeof siteHandler>,
  port: number,
  host: string | null,
  tls: TlsPair | null,
): Promise<Result<RunningServer, ListenFailure & { readonly port: number }>> {
  const server = await listen(handler, { port, host, tls });
  return server.ok ? server : { ok: false, failure: { ...server.failure, port } };
}

function pairOf({ authority, server }: LocalCertificates): TlsPair {
  return {
    certificatePem: `${server.certificate.toString()}${authority.toString()}`,
    keyPem: server.key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
