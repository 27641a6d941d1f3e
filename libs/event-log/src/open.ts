import { EventLogError } from './event-log.error.js';
import { type EventLog } from './event-log.port.js';
import { LateEventLog } from './late-event-log.js';
import { openSqliteEventLog, SqliteEventLog } from './sqlite/sqlite-event-log.js';
import { type WriterStats } from './sqlite/writer-client.js';

export type { WriterStats } from './sqlite/writer-client.js';

export interface OpenEventLogOptions {
  /** An embedded log has one writer; any number of processes and threads may read it. */
  readonly mode: 'write' | 'read';
}

const POSSIBLE = 'sqlite:PATH, esdb://HOST:PORT and esdb+discover://HOST:PORT';

/**
 * Opens the log that a URL names: `sqlite:PATH`, or a connection string of EventStoreDB, whose node need not be there
 * yet. Fails with `invalid` on any other URL, otherwise with the codes of the adapter: `locked`, `unavailable`,
 * `corrupt`.
 */
export async function openEventLog(url: string, options: OpenEventLogOptions): Promise<EventLog> {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(url) ?? [];
  switch (scheme.toLowerCase()) {
    case 'sqlite':
      return openSqliteEventLog(filePath(rest), options);
    case 'esdb':
    case 'esdb+discover': {
      // Its driver takes long to load, and no thread that works on a file needs it.
      const { openEventStoreDbEventLog } = await import('./eventstoredb/eventstoredb-event-log.js');
      return openEventStoreDbEventLog(url, options);
    }
    default:
      throw new EventLogError(
        'invalid',
        `no event log has a URL of the kind "${scheme || url}"; possible are ${POSSIBLE}`,
      );
  }
}

/**
 * Opens the log as `openEventLog` does. One that is away but may come, a server or a file that another process makes, is
 * opened when it is used: until then every call is `unavailable`.
 */
export async function openEventLogOrWait(url: string, options: OpenEventLogOptions): Promise<EventLog> {
  const open = () => openEventLog(url, options);
  const mayCome = options.mode === 'read' || !/^sqlite:/i.test(url);
  return open().catch((error: unknown) => {
    if (mayCome && error instanceof EventLogError && error.code === 'unavailable')
      return new LateEventLog(open);
    throw error;
  });
}

/** What the writer of an opened log has done so far; undefined where the log keeps no such counts. */
export function writerStats(log: EventLog): WriterStats | undefined {
  return log instanceof SqliteEventLog ? log.stats() : undefined;
}

function filePath(rest: string): string {
  // sqlite:///var/lib/log.db, as some tools write it, means the same as sqlite:/var/lib/log.db.
  const path = rest.startsWith('//') ? rest.slice(2) : rest;
  if (path === '' || path === ':memory:') {
    throw new EventLogError('invalid', 'an event log needs a file: sqlite:PATH');
  }
  return path;
}
