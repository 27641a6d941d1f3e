import { jsonEvent } from '@eventstore/db-client';
import { NO_STREAM } from '#event-log';
import { exampleFact, numbered } from '#event-log/event-log.examples';
import { eventId, toEvent } from '#event-log/eventstoredb/fact-event';
import { openEventStoreDbEventLog } from '#event-log/eventstoredb/eventstoredb-event-log';
import { NodeAndLog } from './support.js';

const unknownOutcome = { name: 'EventLogError', code: 'outcome-unknown' };
const J = 'journey-1';

describe('appends to EventStoreDB', () => {
  let there: NodeAndLog;

  beforeEach(async () => {
    there = await NodeAndLog.open();
  });

  afterEach(async () => {
    await there.close();
  });

  const request = (expectedRevision: number, prefix: string, count = 2) => ({
    stream: J,
    expectedRevision,
    facts: numbered(count, prefix),
  });

  it('ends with an unknown outcome when the node is silent, and the identical append stores once', async () => {
    there.node.faults.silent = true;
    const start = Date.now();
    await expect(there.log.append(request(NO_STREAM, 'a'))).rejects.toMatchObject(unknownOutcome);
    expect(Date.now() - start).toBeLessThan(3_000);
    there.mend();
    expect(await there.log.append(request(NO_STREAM, 'a'))).toMatchObject({ kind: 'appended' });
    expect(there.ids(J)).toEqual(['a0', 'a1']);
  });

  it('finds what was stored without an answer when the identical append is repeated', async () => {
    there.node.faults.losesAnswers = true;
    await expect(there.log.append(request(NO_STREAM, 'a'))).rejects.toMatchObject(unknownOutcome);
    there.mend();
    const outcome = await there.log.append(request(NO_STREAM, 'a'));
    const stored = await there.log.readStream(J);
    expect(outcome).toEqual({ kind: 'appended', positions: stored.map(({ position }) => position) });
    expect(there.ids(J)).toEqual(['a0', 'a1']);
  });

  it('finds it also when others have gone on since, and when the node was restarted', async () => {
    there.node.faults.losesAnswers = true;
    await expect(there.log.append(request(NO_STREAM, 'a'))).rejects.toMatchObject(unknownOutcome);
    there.mend();
    await there.log.append(request(1, 'b'));
    await there.node.kill();
    await there.node.start();
    expect(await there.log.append(request(NO_STREAM, 'a'))).toMatchObject({ kind: 'appended' });
    expect(there.ids(J)).toEqual(['a0', 'a1', 'b0', 'b1']);
  });

  it.each([
    ['another time of acceptance', { accepted: 2 }],
    ['other data', { data: { venue: 'V-02' } }],
    ['another type', { type: 'it.mip.absent.v1' }],
    ['another time', { time: 1_591_000_000_000 }],
    ['other attributes', { attributes: { sampled: true } }],
  ])('does not take a fact with the same source and id for its own: %s', async (_, changes) => {
    const first = { stream: J, expectedRevision: NO_STREAM, facts: [exampleFact('a', { accepted: 1 })] };
    const second = { ...first, facts: [exampleFact('a', { accepted: 1, ...changes })] };
    const other = openEventStoreDbEventLog(there.node.url, { mode: 'write' });
    const stored = await there.log.append(first);
    // What other processes have stored since is nothing that an ingest would know of.
    for (const log of [other, there.log]) {
      expect(await log.append(second)).toEqual({ kind: 'wrong-expected-revision', actualRevision: 0 });
      expect(await log.append(first)).toEqual(stored);
    }
    await other.close();
  });

  it('does not take one for its own that an append given up on has stored', async () => {
    const early = { stream: J, expectedRevision: NO_STREAM, facts: [exampleFact('a', { accepted: 1 })] };
    there.node.faults.losesAnswers = true;
    await expect(there.log.append(early)).rejects.toMatchObject(unknownOutcome);
    there.mend();
    const late = { ...early, facts: [exampleFact('a', { accepted: 2 })] };
    expect(await there.log.append(late)).toEqual({ kind: 'wrong-expected-revision', actualRevision: 0 });
    expect(await there.log.append(early)).toMatchObject({ kind: 'appended' });
  });

  it('knows its facts again that an earlier version stored with other ids of their events', async () => {
    const facts = numbered(3, 'a');
    const events = facts.map((fact) => {
      const { type, data, metadata } = toEvent(J, fact);
      const texts = { data: Buffer.from(data), metadata: Buffer.from(metadata) };
      return { id: crypto.randomUUID(), type, contentType: 'application/json', ...texts };
    });
    there.node.node.write(J, NO_STREAM, events);
    const stored = await there.log.readStream(J);
    expect(stored).toMatchObject(facts);
    const outcome = await there.log.append({ stream: J, expectedRevision: NO_STREAM, facts });
    expect(outcome).toEqual({ kind: 'appended', positions: stored.map(({ position }) => position) });
    expect(there.ids(J)).toEqual(['a0', 'a1', 'a2']);
  });

  it.each([
    ['old facts in another order', ['a1', 'a0']],
    ['old facts mixed with new ones', ['a0', 'new']],
    ['new facts', ['new', 'newer']],
  ])('tells where the stream is when it is not as expected: %s', async (_, names) => {
    await there.log.append(request(NO_STREAM, 'a', 3));
    const facts = names.map((name) => exampleFact(name));
    const outcome = await there.log.append({ stream: J, expectedRevision: NO_STREAM, facts });
    expect(outcome).toEqual({ kind: 'wrong-expected-revision', actualRevision: 2 });
    expect(there.ids(J)).toEqual(['a0', 'a1', 'a2']);
  });

  it('repeats an append while the node is starting, and stores it once', async () => {
    there.node.faults.unavailable = true;
    const appending = there.log.append(request(NO_STREAM, 'a'));
    setTimeout(() => there.mend(), 400);
    expect(await appending).toMatchObject({ kind: 'appended' });
    expect(there.ids(J)).toEqual(['a0', 'a1']);
  });

  it('says that nothing was stored when the node never took it on', async () => {
    there.node.faults.notReady = true;
    await expect(there.log.append(request(NO_STREAM, 'a'))).rejects.toMatchObject({ code: 'unavailable' });
    there.mend();
    await there.node.kill();
    await expect(there.log.append(request(NO_STREAM, 'a'))).rejects.toMatchObject({ code: 'unavailable' });
    await there.node.start();
    expect(await there.log.append(request(NO_STREAM, 'b'))).toMatchObject({ kind: 'appended' });
    expect(there.ids(J)).toEqual(['b0', 'b1']);
  });

  it('does not know the outcome of what timed out inside the node', async () => {
    there.node.faults.full = true;
    await expect(there.log.append(request(NO_STREAM, 'a'))).rejects.toMatchObject(unknownOutcome);
  });

  it('is not held up by a probe of the features that failed', async () => {
    there.node.faults.failedProbes = 1;
    for (const stream of ['journey-1', 'journey-2']) {
      const outcome = await there.log.append({ stream, expectedRevision: NO_STREAM, facts: numbered(1) });
      expect(outcome).toMatchObject({ kind: 'appended' });
    }
  });

  it('goes on at once when the node ends the call without an error', async () => {
    there.node.faults.delayMs = 100;
    const appending = there.log.append(request(NO_STREAM, 'a'));
    setTimeout(() => {
      there.node.endStreams();
      there.node.faults.delayMs = 0;
    }, 30);
    expect(await appending).toMatchObject({ kind: 'appended' });
    expect(there.ids(J)).toEqual(['a0', 'a1']);
  });

  it('loses and doubles nothing when the node is killed again and again under load', async () => {
    let isRunning = true;
    const written = Array.from({ length: 40 }, async (_, index) => {
      const stream = `journey-${index}`;
      let revision = NO_STREAM;
      while (isRunning) {
        const facts = numbered(1, `${revision + 1}-`);
        const outcome = await there.log
          .append({ stream, expectedRevision: revision, facts })
          .catch(() => undefined);
        if (outcome?.kind === 'wrong-expected-revision') throw new Error(`wrong revision in ${stream}`);
        if (outcome) revision += 1;
      }
      return [stream, revision] as const;
    });
    for (let cycle = 0; cycle < 5; cycle += 1) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await there.node.kill();
      await there.node.start();
    }
    isRunning = false;
    for (const [stream, revision] of await Promise.all(written)) {
      const ids = there.ids(stream);
      expect(ids.length).toBeGreaterThanOrEqual(revision + 1);
      expect(ids.length).toBeLessThanOrEqual(revision + 2);
      expect(ids).toEqual(ids.map((_, at) => `${at}-0`));
    }
  });
});

describe('what a node of EventStoreDB does with ids', () => {
  let there: NodeAndLog;

  beforeEach(async () => {
    there = await NodeAndLog.open();
  });

  afterEach(async () => {
    await there.close();
  });

  const uuid = (id: string) => eventId(J, { type: '', data: id, metadata: '' });
  const event = (id: string) => jsonEvent({ id: uuid(id), type: 'it.mip.x.v1', data: { id } });
  const stored = () => (there.node.node.stream(J) as { id: string }[] | undefined) ?? [];

  it('writes an old id again where the expected revision is the current one, so revisions stay as they were', async () => {
    const client = there.client();
    await client.appendToStream(J, event('a'), { expectedRevision: 'no_stream' });
    await client.appendToStream(J, event('a'), { expectedRevision: 0n });
    await client.appendToStream(J, [event('b'), event('b')], { expectedRevision: 1n });
    expect(stored().map(({ id }) => id)).toEqual(['a', 'a', 'b', 'b'].map(uuid));
    await client.appendToStream(J, event('a'), { expectedRevision: 'no_stream' });
    expect(stored()).toHaveLength(4);
  });

  it('refuses another order and a mix, by an error whose message is empty', async () => {
    const client = there.client();
    await client.appendToStream(J, [event('a'), event('b')], { expectedRevision: 'no_stream' });
    for (const events of [
      [event('b'), event('a')],
      [event('a'), event('c')],
    ]) {
      await expect(client.appendToStream(J, events, { expectedRevision: 'no_stream' })).rejects.toMatchObject(
        { type: 'wrong-expected-version', actualVersion: 1n, message: '' },
      );
    }
  });

  it('refuses more than a MiB in one call', async () => {
    const large = jsonEvent({ type: 'it.mip.x.v1', data: { text: 'x'.repeat(1024 * 1024) } });
    await expect(
      there.client().appendToStream(J, large, { expectedRevision: 'no_stream' }),
    ).rejects.toMatchObject({ type: 'maximum-append-size-exceeded' });
  });
});

describe('the bounds of appends', () => {
  let there: NodeAndLog;

  afterEach(async () => {
    await there.close();
  });

  const large = (id: string, bytes: number) => exampleFact(id, { data: { text: 'x'.repeat(bytes) } });

  it('stores more than a node takes in one call, and refuses a single fact that is too large for one', async () => {
    there = await NodeAndLog.open({ callLimitMs: 4_000 });
    const facts = Array.from({ length: 12 }, (_, index) => large(`f${index}`, 300_000));
    const outcome = await there.log.append({ stream: J, expectedRevision: NO_STREAM, facts });
    const stored = await there.log.readStream(J);
    expect(outcome).toEqual({ kind: 'appended', positions: stored.map(({ position }) => position) });
    expect(stored.map(({ id }) => id)).toEqual(facts.map(({ id }) => id));
    const tooLarge = { stream: J, expectedRevision: 11, facts: [large('x', 1_100_000)] };
    await expect(there.log.append(tooLarge)).rejects.toMatchObject({ code: 'invalid' });
    expect(await there.log.append({ ...tooLarge, facts: numbered(1) })).toMatchObject({ kind: 'appended' });
  });

  it('refuses what cannot be written as JSON, or would not be a fact', async () => {
    there = await NodeAndLog.open();
    const circle: Record<string, never> = {};
    (circle as Record<string, unknown>)['circle'] = circle;
    for (const fact of [exampleFact('a', { data: circle }), exampleFact('a', { type: 'other.v1' })]) {
      const append = there.log.append({ stream: J, expectedRevision: NO_STREAM, facts: [fact] });
      await expect(append).rejects.toMatchObject({ code: 'invalid' });
    }
    for (const stream of ['', '$all', '$$journey-1']) {
      const append = there.log.append({ stream, expectedRevision: NO_STREAM, facts: numbered(1) });
      await expect(append).rejects.toMatchObject({ code: 'invalid' });
    }
    await expect(
      there.log.append({ stream: J, expectedRevision: NO_STREAM, facts: numbered(1) }),
    ).resolves.toMatchObject({ kind: 'appended' });
  });

  it('has only so many appends under way, and turns away more than may wait', async () => {
    there = await NodeAndLog.open({ maxInFlight: 4, maxWaitingFacts: 20, callLimitMs: 2_000 });
    there.node.faults.delayMs = 20;
    const append = (index: number) =>
      there.log.append({ stream: `journey-${index}`, expectedRevision: NO_STREAM, facts: numbered(1) });
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, (_, index) => append(index)));
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(10);
    expect(refused[0]).toMatchObject({ reason: { code: 'overloaded' } });
    expect(await append(99)).toMatchObject({ kind: 'appended' });
  });

  it('gives up what waits behind a node that is away, instead of waiting for each in turn', async () => {
    there = await NodeAndLog.open({ maxInFlight: 2, callLimitMs: 200, patienceMs: 600 });
    there.node.faults.silent = true;
    const start = Date.now();
    const appends = Array.from({ length: 40 }, (_, index) =>
      there.log.append({ stream: `journey-${index}`, expectedRevision: NO_STREAM, facts: numbered(1) }),
    );
    const outcomes = await Promise.allSettled(appends);
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(Date.now() - start).toBeLessThan(3_000);
  });

  it('refuses to append to a log that was opened for reading', async () => {
    there = await NodeAndLog.open({ mode: 'read' });
    await expect(
      there.log.append({ stream: J, expectedRevision: NO_STREAM, facts: numbered(1) }),
    ).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('streams that somebody deleted', () => {
  let there: NodeAndLog;

  beforeEach(async () => {
    there = await NodeAndLog.open();
    await there.log.append({ stream: J, expectedRevision: NO_STREAM, facts: numbered(2) });
  });

  afterEach(async () => {
    await there.close();
  });

  it('are empty', async () => {
    await there.client().deleteStream(J);
    expect(await there.log.readStream(J)).toEqual([]);
  });

  it('are corrupt when they were deleted for ever: facts never go', async () => {
    await there.client().tombstoneStream(J);
    await expect(there.log.readStream(J)).rejects.toMatchObject({ code: 'corrupt' });
    await expect(
      there.log.append({ stream: J, expectedRevision: 1, facts: numbered(1) }),
    ).rejects.toMatchObject({
      code: 'corrupt',
    });
  });
});
