import { hostname, networkInterfaces } from 'node:os';
import type { NetworkInterfaceInfo } from 'node:os';
import { inRange } from './certificates/in-range.ts';

/** How this machine can be reached on its network. */
export interface NetworkNames {
  /** First label of the machine's name, in lower case; null where it is no valid DNS label. */
  readonly hostName: string | null;
  /** Addresses of real network interfaces, likeliest home network first; none of the loopback, none with a zone. */
  readonly addresses: readonly string[];
}

/** Bridges and tunnels of containers and virtual machines: no phone is on the other side. */
const virtualInterface = /^(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|vEthernet)/;

/** Likeliest first: what home routers hand out, then the other private ranges. */
const preference: readonly string[] = ['192.168.0.0/16', '10.0.0.0/8', '172.16.0.0/12'];

const linkLocal = 'fe80::/10';

/** Reads the machine's names now; they change when it joins another network. */
export function networkNames(
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>> = networkInterfaces(),
  name: string = hostname(),
): NetworkNames {
  const all = Object.entries(interfaces).flatMap(([id, infos]) => (infos ?? []).map((info) => ({ id, info })));
  const outside = all.filter(({ info }) => !info.internal && !inRange(info.address, linkLocal));
  const real = outside.filter(({ id }) => !virtualInterface.test(id));
  const addresses = (real.length > 0 ? real : outside).map(({ info }) => info.address);
  return { hostName: dnsLabel(name), addresses: [...new Set(addresses)].sort((a, b) => rank(a) - rank(b)) };
}

function rank(address: string): number {
  if (address.includes(':')) return preference.length + 1;
  const at = preference.findIndex((range) => inRange(address, range));
  return at < 0 ? preference.length : at;
}

function dnsLabel(name: string): string | null {
  const label = name.split('.')[0]?.toLowerCase() ?? '';
  return /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/.test(label) ? label : null;
}
