import { BlockList, isIPv6 } from 'node:net';

/** Whether an address lies in a range: `inRange('10.1.2.3', '10.0.0.0/8')`. */
export function inRange(address: string, cidr: string): boolean {
  const [base = '', prefixBits = ''] = cidr.split('/');
  const range = new BlockList();
  range.addSubnet(base, Number(prefixBits), familyOf(base));
  return range.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
