const IPV4_IN_IPV6 = /^(?:::|(?:0+:){5})ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/**
 * The network of a household or office that an IP address belongs to: the IPv4 address itself, or the /64 of an IPv6
 * address (RFC 6177), because a caller can choose the other 64 bits freely. A text that is not an IP address is
 * returned unchanged.
 */
export function networkOf(address: string): string {
  return networksOf(address)[0];
}

/**
 * The network of an address (see `networkOf`), and the wider networks that one customer of a provider may have: the /56
 * and the /48 of an IPv6 address. The narrowest network comes first.
 */
export function networksOf(address: string): readonly [string, ...string[]] {
  const bare = address.replace(/^\[([^\]]*)\](?::\d+)?$/, '$1').replace(/%.*$/, '');
  const mapped = IPV4_IN_IPV6.exec(bare)?.[1];
  if (mapped !== undefined) return [mapped];
  const withPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d+$/.exec(bare)?.[1];
  if (withPort !== undefined) return [withPort];
  if (!/^[0-9a-f:]+$/i.test(bare) || !bare.includes(':')) return [bare];
  const groups = groupsOf(bare);
  // An IPv4 address mapped to IPv6 in hexadecimal form, as some proxies write it: `::ffff:7f00:1` for 127.0.0.1.
  if (groups.length === 8 && groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff') return [ipv4Of(groups.slice(6))];
  const [site, subnet = '0'] = [groups.slice(0, 3).join(':'), groups[3]];
  const upperByte = (Number.parseInt(subnet, 16) & 0xff00).toString(16);
  return [`${site}:${subnet}::/64`, `${site}:${upperByte}::/56`, `${site}::/48`];
}

/** The eight groups of an IPv6 address, each in its shortest form. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  const all = [...groups, ...Array<string>(zeros).fill('0'), ...rest];
  return all.map((group) => Number.parseInt(group, 16).toString(16));
}

function ipv4Of(groups: readonly string[]): string {
  const numbers = groups.map((group) => Number.parseInt(group, 16));
  return numbers.flatMap((number) => [number >> 8, number & 255]).join('.');
}
