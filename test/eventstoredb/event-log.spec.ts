import { eventLogContract } from '#event-log/event-log.contract';
import { openEventLog } from '#event-log/open';
import { EventStoreDouble } from './event-store-double.js';

eventLogContract('EventStoreDbEventLog', async () => {
  const node = await EventStoreDouble.start();
  let log = await openEventLog(node.url, { mode: 'write' });
  return {
    log,
    reopen: async () => {
      await log.close();
      log = await openEventLog(node.url, { mode: 'write' });
      return log;
    },
    cleanup: async () => {
      await log.close();
      await node.kill();
    },
  };
});
