import { isIPv6 } from 'node:net';
import type { NetworkNames } from './network-names.ts';
import { qrLines } from './qr-text.ts';
import type { ServerOptions } from './options.ts';
import type { RunningSite, ServeFailure } from './serve.ts';
import { trustPath } from './trust-handler.ts';

/** What the terminal shows once the app is served. */
export function announcement(site: RunningSite, options: ServerOptions, names: NetworkNames, coloured: boolean): string {
  const scheme = site.secure ? 'https' : 'http';
  const address = (host: string) => `${scheme}://${host}:${site.port}`;
  const own = options.host === null || ['127.0.0.1', '::1', 'localhost', '0.0.0.0', '::'].includes(options.host) ? 'localhost' : urlHost(options.host);
  const lines = ['', '  Lintel is ready.', '', `  On this computer   ${address(own)}`];
  const reachable = options.host === null || options.host === '0.0.0.0' || options.host === '::' ? hostsOf(site, names) : [];
  lines.push(...reachable.map((host, at) => `  ${at === 0 ? 'On your network    ' : '                   '}${address(host)}`));
  const phoneHost = reachable[0];
  if (site.trust) lines.push(...trustLines(site, site.trust, phoneHost ?? own, coloured));
  else if (site.secure && phoneHost) lines.push('', '  Scan to open it on a phone:', ...indented(qrLines(`${address(phoneHost)}/`, coloured)));
  return [...lines, '', '  Press Ctrl+C to stop.', ''].join('\n');
}

/** What the terminal shows of a door: where its pulses go, who may ask for them, and a code for the next kiosk where one is shown. */
export function doorAnnouncement(name: string, outputKind: string, kiosks: number, code: string | null): string {
  const paired = kiosks === 0 ? 'no kiosk is paired yet' : kiosks === 1 ? 'one kiosk is paired' : `${kiosks} kiosks are paired`;
  const simulated = outputKind === 'simulator' ? ['  The door is simulated: nothing real opens.'] : [];
  const next = code === null ? ['  Press Enter for the pairing code of another kiosk.'] : [`  Pairing code       ${code}`, '  Type it at the kiosk within five minutes. For another one press Enter.'];
  return ['', `  Door               ${name} (${outputKind}); ${paired}`, ...simulated, ...next, ''].join('\n');
}

/** The paired kiosks, one a line. */
export function kioskList(kiosks: readonly { readonly kioskId: string; readonly name: string; readonly pairedAt: string }[]): string {
  if (kiosks.length === 0) return '  No kiosk is paired.';
  return kiosks.map(({ kioskId, name, pairedAt }) => `  ${kioskId}  ${pairedAt}  ${name}`).join('\n');
}

function trustLines(site: RunningSite, trust: NonNullable<RunningSite['trust']>, host: string, coloured: boolean): string[] {
  const { authority, uncovered } = trust.certificates();
  const trustUrl = `http://${host}:${trust.port}${trustPath}`;
  const appUrl = `https://${host}:${site.port}/`;
  const notPrivate = uncovered.map((address) => `  ${address} is a public address that came later than the authority: for it, bring a certificate with --cert and --key.`);
  return [
    ...notPrivate,
    '',
    '  1. A new phone first needs to trust this computer, once. Scan this, follow its steps:',
    `     ${trustUrl}`,
    ...indented(qrLines(trustUrl, coloured)),
    '',
    '  2. Then scan this to open Lintel:',
    `     ${appUrl}`,
    ...indented(qrLines(appUrl, coloured)),
    '',
    '  The phone shows this SHA-256 fingerprint in step 1; compare them before you install:',
    ...fingerprintLines(authority.fingerprint256),
  ];
}

/** Addresses that a phone can use; with the local authority, only those that its certificate covers. */
function hostsOf(site: RunningSite, { addresses, hostName }: NetworkNames): string[] {
  const uncovered = site.trust?.certificates().uncovered ?? [];
  const usable = addresses.filter((address) => !uncovered.includes(address)).map(urlHost);
  return hostName && usable.length > 0 ? [...usable, `${hostName}.local`] : usable;
}

function urlHost(address: string): string {
  return isIPv6(address) ? `[${address}]` : address;
}

function fingerprintLines(fingerprint: string): string[] {
  const half = Math.ceil(fingerprint.length / 2);
  return indented([fingerprint.slice(0, half), fingerprint.slice(half)]);
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `     ${line}`);
}

/** Says why serving failed, and what to do. */
export function failureText(failure: ServeFailure): string {
  return `\n  ${reasonOf(failure)}\n  (${failure.detail})\n`;
}

function reasonOf(failure: ServeFailure): string {
  switch (failure.code) {
    case 'site-missing':
      return 'The app is not built yet. Run: npm run build';
    case 'port-busy':
      return `Port ${failure.port} is in use, perhaps by another Lintel. Stop that one, or choose another port: npm start -- --port ${failure.port + 10}`;
    case 'port-forbidden':
      return `This account may not use port ${failure.port}. Choose one above 1023 with --port.`;
    case 'address-unavailable':
      return 'This computer has no such address. Check --host.';
    case 'listen-failed':
      return `The server could not start at port ${failure.port}.`;
    case 'certificate-store-broken':
      return 'The local authority on this computer is damaged. Delete the file named below with its partner to make a new one; phones then have to trust it again.';
    case 'certificate-store-unwritable':
      return 'The local authority cannot be kept on this computer. Check the rights of the folder.';
    case 'certificate-unreadable':
      return 'The file given with --cert cannot be read.';
    case 'key-unreadable':
      return 'The file given with --key cannot be read.';
    case 'certificate-invalid':
      return 'The file given with --cert is no PEM certificate.';
    case 'key-invalid':
      return 'The file given with --key is no PEM private key without a passphrase.';
    case 'key-of-another-certificate':
      return 'The files given with --cert and --key do not belong together.';
    case 'certificate-expired':
      return 'The certificate given with --cert is no longer valid. Renew it.';
    case 'door-needs-tls':
      return 'A door is opened over https, or on this computer only. Add --lan, or --cert and --key.';
    case 'door-config-unreadable':
      return 'A file that describes the door cannot be read.';
    case 'door-config-invalid':
      return 'The file given with --door has a mistake.';
    case 'door-config-open-to-others':
      return 'The file given with --door holds a secret: close it to other accounts.';
    case 'door-store-broken':
      return "The bridge's own key on this computer is damaged. Delete the file named below to make a new one; kiosks then have to pair again.";
    case 'door-store-unwritable':
      return 'The bridge cannot keep its key on this computer. Check the rights of the folder.';
    case 'certificate-not-yet-valid':
      return 'The certificate given with --cert is not valid yet. Check the date of this computer.';
  }
}
