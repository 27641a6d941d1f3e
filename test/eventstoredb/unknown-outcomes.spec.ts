import { LOG_START, NO_STREAM } from '#event-log';
import { allFacts, exampleFact, numbered } from '#event-log/event-log.examples';
import { openEventStoreDbEventLog } from '#event-log/eventstoredb/eventstoredb-event-log';
import { EventStoreDouble } from './event-store-double.js';
import { type Faults } from './faults.js';
import { Following, NodeAndLog } from './support.js';

const J = 'journey-1';
const unknown = { name: 'EventLogError', code: 'outcome-unknown' };
const nothingStored = { name: 'EventLogError', code: 'unavailable' };

/** "Unavailable" says that nothing was stored: it may only be said where that is known. */
describe('what is said of an append that fails', () => {
  let there: NodeAndLog;

  beforeEach(async () => {
    there = await NodeAndLog.open();
  });

  afterEach(async () => {
    await there.close();
  });

  const append = (prefix = 'a') =>
    there.log.append({ stream: J, expectedRevision: NO_STREAM, facts: numbered(2, prefix) });

  const broken = (code: number, details: string, stores: boolean): Partial<Faults> => ({
    breaksWith: { code, details, stores },
  });

  it.each([
    ['the connection is reset', broken(13, 'Received RST_STREAM with code 2', true)],
    ['the stream is refused', broken(13, 'Received RST_STREAM with code 0', false)],
    ['a handler of the node throws', broken(2, 'Exception was thrown by handler.', true)],
    ['the node says something unheard of', broken(15, 'DATA_LOSS', true)],
    ['repetitions are dropped until it has reached the majority', { losesAnswers: true, dropsRepeats: true }],
    ['the leader is elsewhere, and away', { leaderAt: { host: '127.0.0.1', port: 1 } }],
  ])('unknown when %s, and sent again it is stored once', async (_, faults: Partial<Faults>) => {
    Object.assign(there.node.faults, faults);
    await expect(append()).rejects.toMatchObject(unknown);
    there.mend();
    expect(await append()).toMatchObject({ kind: 'appended' });
    expect(there.ids(J)).toEqual(['a0', 'a1']);
  });

  it.each([
    ['the connection is reset', broken(13, 'Received RST_STREAM with code 2', true)],
    ['a handler of the node throws', broken(2, 'Exception was thrown by handler.', false)],
    ['the node is too busy', { busy: true }],
  ])('nothing when %s for a moment: it is repeated', async (_, faults: Partial<Faults>) => {
    Object.assign(there.node.faults, faults);
    const appending = append();
    setTimeout(() => there.mend(), 300);
    expect(await appending).toMatchObject({ kind: 'appended' });
    expect(there.ids(J)).toEqual(['a0', 'a1']);
  });

  it('unknown when it may have been stored before the node refused the login', async () => {
    there.node.faults.losesAnswers = true;
    const appending = append();
    setTimeout(() => (there.node.faults.refusesLogin = true), 100);
    await expect(appending).rejects.toMatchObject(unknown);
    there.mend();
    expect(await append()).toMatchObject({ kind: 'appended' });
    expect(there.ids(J)).toEqual(['a0', 'a1']);
  });

  it.each([
    ['refuses the login', { refusesLogin: true }],
    ['is too busy', { busy: true }],
  ])('that nothing was stored when the node %s', async (_, faults: Partial<Faults>) => {
    Object.assign(there.node.faults, faults);
    await expect(append()).rejects.toMatchObject(nothingStored);
    expect(there.ids(J)).toEqual([]);
  });

  it('unknown when a part of it is stored and the rest cannot be', async () => {
    const facts = Array.from({ length: 6 }, (_, index) =>
      exampleFact(`f${index}`, { data: { text: 'x'.repeat(300_000) } }),
    );
    const request = { stream: J, expectedRevision: NO_STREAM, facts };
    there.node.node.changes.once('appended', () => (there.node.faults.notReady = true));
    await expect(there.log.append(request)).rejects.toMatchObject(unknown);
    expect(there.ids(J)).toHaveLength(3);
    there.mend();
    expect(await there.log.append(request)).toMatchObject({ kind: 'appended' });
    expect(there.ids(J)).toEqual(facts.map(({ id }) => id));
  });

  it('nothing of appends that were stored while the node stopped in order', async () => {
    const patient = await NodeAndLog.open({ callLimitMs: 4_000, patienceMs: 10_000 });
    patient.node.faults.losesAnswers = true;
    const streams = Array.from({ length: 64 }, (_, index) => `journey-${index}`);
    const appending = streams.map((stream) =>
      patient.log.append({ stream, expectedRevision: NO_STREAM, facts: numbered(1) }),
    );
    while (streams.some((stream) => patient.ids(stream).length === 0)) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await patient.node.stopGracefully();
    patient.mend();
    await patient.node.start();
    for (const outcome of await Promise.all(appending)) expect(outcome).toMatchObject({ kind: 'appended' });
    for (const stream of streams) expect(patient.ids(stream)).toEqual(['f0']);
    await patient.close();
  });
});

describe('another leader in a cluster', () => {
  it('is found: appends and a follower go on there, and nothing is lost or doubled', async () => {
    const first = await EventStoreDouble.start();
    const second = await EventStoreDouble.start({ store: first.node });
    const log = openEventStoreDbEventLog(`esdb+discover://127.0.0.1:${first.port}?tls=false`, {
      mode: 'write',
    });
    const append = (expectedRevision: number, id: string) =>
      log.append({ stream: J, expectedRevision, facts: [exampleFact(id)] });
    expect(await append(NO_STREAM, 'a')).toMatchObject({ kind: 'appended' });
    const following = new Following(log, LOG_START);
    await following.until(({ facts }) => facts.length === 1);
    first.faults.leaderAt = { host: '127.0.0.1', port: second.port };
    first.endStreams();
    expect(await append(0, 'b')).toMatchObject({ kind: 'appended' });
    expect(second.calls['batchAppend']).toBe(1);
    await following.until(({ facts }) => facts.length === 2);
    await following.end();
    expect((await allFacts(log)).map(({ id }) => id)).toEqual(['a', 'b']);
    await log.close();
    await second.kill();
    await first.kill();
  });
});
