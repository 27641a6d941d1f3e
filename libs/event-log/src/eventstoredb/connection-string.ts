import { EventLogError } from '../event-log.error.js';

/** The options that the client knows; another one it would ignore, and print the whole string, password included. */
const OPTIONS = new Set([
  'connectionname',
  'defaultdeadline',
  'discoveryinterval',
  'gossiptimeout',
  'keepaliveinterval',
  'keepalivetimeout',
  'maxdiscoverattempts',
  'nodepreference',
  'throwonappendfailure',
  'tls',
  'tlscafile',
  'tlsverifycert',
  'usercertfile',
  'userkeyfile',
]);

/** Options that are left out: the client prints the string when it sees the one, and misreports with the other. */
const LEFT_OUT = new Set(['tlsverifycert', 'throwonappendfailure']);

const flat = (name: string) => name.trim().toLowerCase().replace(/[_-]/g, '');

/** The connection string without user name and password, for messages. */
export function withoutCredentials(url: string): string {
  return url.replace(/^([a-z+]+:\/\/)[^/?#]*@/i, '$1');
}

/**
 * The connection string as the client gets it.
 *
 * @throws EventLogError `invalid` for an option that the client does not know
 */
export function clientString(url: string): string {
  const start = url.indexOf('?');
  if (start < 0) return url;
  const kept = url
    .slice(start + 1)
    .split('&')
    .filter((pair) => {
      const [name = ''] = pair.split('=');
      if (OPTIONS.has(flat(name))) return !LEFT_OUT.has(flat(name));
      throw new EventLogError('invalid', `EventStoreDB knows no connection option ${JSON.stringify(name)}`);
    });
  return url.slice(0, start) + (kept.length > 0 ? `?${kept.join('&')}` : '');
}
