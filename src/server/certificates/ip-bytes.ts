import { isIPv4, isIPv6 } from 'node:net';

/** The 4 or 16 bytes of an address; null for what is no address (or has a zone: `fe80::1%eth0`). */
export function ipBytes(address: string): Buffer | null {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  if (!isIPv6(address) || address.includes('%')) return null;
  return Buffer.from(groupsOf(withoutDots(address)).flatMap((group) => [group >> 8, group & 0xff]));
}

/** `::ffff:1.2.3.4` to `::ffff:102:304`. */
function withoutDots(address: string): string {
  const dotted = /[\d.]+$/.exec(address)?.[0];
  if (!dotted?.includes('.')) return address;
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split('.').map(Number);
  return `${address.slice(0, -dotted.length)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function groupsOf(address: string): number[] {
  const [head = [], tail = []] = address.split('::').map((half) => (half === '' ? [] : half.split(':')).map((group) => parseInt(group, 16)));
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

/** The bytes of a range as a name constraint holds them: address and mask. `10.0.0.0/8` gives 10 0 0 0 255 0 0 0. */
export function rangeBytes(cidr: string): Buffer {
  const { bytes, prefixBits } = parsedRange(cidr);
  const mask = Buffer.from(bytes.map((_, at) => (0xff00 >> Math.min(8, Math.max(0, prefixBits - 8 * at))) & 0xff));
  return Buffer.concat([bytes, mask]);
}

/** Whether an address lies in a range: `inRange('10.1.2.3', '10.0.0.0/8')`. */
export function inRange(address: string, cidr: string): boolean {
  const bytes = ipBytes(address);
  const range = rangeBytes(cidr);
  if (bytes?.length !== range.length / 2) return false;
  return bytes.every((byte, at) => (byte & (range[bytes.length + at] ?? 0)) === range[at]);
}

function parsedRange(cidr: string): { bytes: Buffer; prefixBits: number } {
  const [address = '', prefix = ''] = cidr.split('/');
  const bytes = ipBytes(address);
  if (!bytes) throw new Error(`${cidr} is no range of addresses`);
  return { bytes, prefixBits: Number(prefix) };
}
