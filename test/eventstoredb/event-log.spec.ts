import { type EventLog } from '#event-log';
import { eventLogContract } from '#event-log/event-log.contract';
import { openEventLog } from '#event-log/open';
import { EventStoreDouble } from './event-store-double.js';
import { OwnPart } from './own-part.js';

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

const given = process.env['EVENT_LOG_URL'] ?? '';
const isNodeGiven = /^esdb(\+discover)?:/.test(given);

/** The same on a node that holds other facts already, as a real one does. */
describe(isNodeGiven ? 'the node of EVENT_LOG_URL' : 'a stand-in that is in use', () => {
  let node: EventStoreDouble | undefined;
  let url = given;

  beforeAll(async () => {
    if (isNodeGiven) return;
    node = await EventStoreDouble.start();
    url = node.url;
  });

  afterAll(async () => {
    await node?.kill();
  });

  eventLogContract('EventStoreDbEventLog beside others', async () => {
    let log: EventLog = await openEventLog(url, { mode: 'write' });
    const part = await OwnPart.of(log);
    return {
      log: part.view(log),
      reopen: async () => {
        await log.close();
        log = await openEventLog(url, { mode: 'write' });
        return part.view(log);
      },
      cleanup: () => log.close(),
    };
  });
});

if (!isNodeGiven) {
  // A skipped test shows in the output; silence would look like a node that was tried.
  it.skip('a real node of EventStoreDB: skipped, EVENT_LOG_URL=esdb://… is not set', () => undefined);
}
