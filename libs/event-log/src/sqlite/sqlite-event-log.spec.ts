import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventLogContract } from '../event-log.contract.js';
import { type EventLog } from '../event-log.port.js';
import { openSqliteEventLog } from './sqlite-event-log.js';

eventLogContract('SqliteEventLog', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'percorso-log-'));
  const path = join(folder, 'sub', 'folder', 'log.db');
  let log: EventLog = await openSqliteEventLog(path, { mode: 'write' });
  return {
    log,
    reopen: async () => {
      await log.close();
      log = await openSqliteEventLog(path, { mode: 'write' });
      return log;
    },
    cleanup: async () => {
      await log.close();
      await rm(folder, { recursive: true });
    },
  };
});
