import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
const LOOPBACK_IPV4 = '127.';

/** Whether only this machine can reach what listens on the host. */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return host.toLowerCase() === 'localhost';
  // The list takes as long as checking a whole event, and every request without a key asks.
  return family === 4 ? host.startsWith(LOOPBACK_IPV4) : loopback.check(host, 'ipv6');
}

/** A `Host` header: an IPv6 address in brackets or any other name, and perhaps a port (RFC 9110, section 7.2). */
const HOST_HEADER = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::\d*)?$/;

/** Whether a `Host` header names this machine by an address or name that leads nowhere else. */
export function namesLoopback(header: string | undefined): boolean {
  const [, address, name] = HOST_HEADER.exec(header ?? '') ?? [];
  return isLoopback(address ?? name ?? '');
}
