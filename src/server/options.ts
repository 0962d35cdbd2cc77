import { parseArgs } from 'node:util';
import type { Failure, Result } from '../base/index.ts';
import { err, messageOf, ok } from '../base/index.ts';

/** How the app is served: plain http on this machine, https on the network by the local authority, or by a given pair. */
export type ServeMode =
  | { readonly kind: 'http' }
  | { readonly kind: 'local-authority' }
  | { readonly kind: 'given-pair'; readonly certificatePath: string; readonly keyPath: string };

export interface ServerOptions {
  readonly port: number;
  /** Address to bind; null binds all. */
  readonly host: string | null;
  readonly mode: ServeMode;
  /** Opens a door for kiosks, as this file says; absent without a door. */
  readonly door?: { readonly configPath: string };
}

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'serve'; readonly options: ServerOptions }
  | { readonly kind: 'list-kiosks'; readonly configPath: string }
  | { readonly kind: 'revoke-kiosk'; readonly configPath: string; readonly kioskId: string };

export const defaultPort = 4173;

export const usage = `Usage: npm start -- [options]

  --port N              port to serve at (${defaultPort}; with --lan the next one is used too)
  --host ADDRESS        address to bind (this machine only; with https: the whole network)
  --lan                 https on the network, with a certificate made here
  --cert FILE --key FILE  https on the network, with your own certificate (PEM)
  --door FILE           open a door for kiosks, as FILE says (README, "Door bridge"); with https, or on this machine only
  --door FILE --kiosks  list the kiosks that are paired
  --door FILE --revoke ID  take a kiosk's right to open the door, at once
  --no-build            serve what is already built
  --help                this text
`;

/** Reads the command line of the server. */
export function parseOptions(args: readonly string[]): Result<Command, Failure<'bad-option'>> {
  let values;
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    ({ values } = parseArgs({ args: [...args], options: { port: text, host: text, cert: text, key: text, lan: flag, help: flag, door: text, kiosks: flag, revoke: text } }));
  } catch (thrown) {
    return err('bad-option', thrown instanceof Error ? thrown.message : messageOf(thrown));
  }
  if (values.help) return ok({ kind: 'help' });
  if (values.door === undefined && (values.kiosks || values.revoke !== undefined)) return err('bad-option', '--kiosks and --revoke need --door: say which door');
  if (values.door !== undefined && values.revoke !== undefined) return ok({ kind: 'revoke-kiosk', configPath: values.door, kioskId: values.revoke });
  if (values.door !== undefined && values.kiosks) return ok({ kind: 'list-kiosks', configPath: values.door });
  const port = values.port === undefined ? defaultPort : Number(values.port);
  if (!/^\d{1,5}$/.test(values.port ?? '0') || port > 65_535) return err('bad-option', `--port ${values.port ?? ''} is no port: give a number from 0 to 65535`);
  if ((values.cert === undefined) !== (values.key === undefined)) return err('bad-option', '--cert and --key go together: give both files');
  const mode = modeOf(values.lan ?? false, values.cert, values.key);
  if (mode.kind === 'local-authority' && port === 65_535) return err('bad-option', '--lan needs the port after --port too: give at most 65534');
  const host = values.host ?? (mode.kind === 'http' ? '127.0.0.1' : null);
  const door = values.door === undefined ? {} : { door: { configPath: values.door } };
  return ok({ kind: 'serve', options: { port, host, mode, ...door } });
}

function modeOf(lan: boolean, certificatePath: string | undefined, keyPath: string | undefined): ServeMode {
  if (certificatePath !== undefined && keyPath !== undefined) return { kind: 'given-pair', certificatePath, keyPath };
  return lan ? { kind: 'local-authority' } : { kind: 'http' };
}
