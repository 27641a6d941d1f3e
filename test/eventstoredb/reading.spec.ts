import { jsonEvent } from '@eventstore/db-client';
import { LOG_START, NO_STREAM } from '#event-log';
import { allFacts, collect, numbered } from '#event-log/event-log.examples';
import { openEventStoreDbEventLog } from '#event-log/eventstoredb/eventstoredb-event-log';
import { Following, NodeAndLog } from './support.js';

const text = (value: string) => Buffer.from(value);
const notAFact = {
  id: crypto.randomUUID(),
  type: 'somebody-elses',
  contentType: 'application/json',
  data: text('{}'),
  metadata: text('{}'),
};

let there: NodeAndLog;

beforeEach(async () => {
  there = await NodeAndLog.open();
});

/** Long enough to look through a thousand events on a machine that does other things too. */
const PATIENT = { mode: 'read', callLimitMs: 4_000, patienceMs: 20_000 } as const;

afterEach(async () => {
  await there.close();
});

async function put(stream: string, expectedRevision: number, count: number, prefix = 'f'): Promise<void> {
  await there.log.append({ stream, expectedRevision, facts: numbered(count, prefix) });
}

/** Events that are no facts, at the end of the log. */
function putOthers(count: number): void {
  there.node.node.write('other', 'any', Array<typeof notAFact>(count).fill(notAFact));
}

describe('reading EventStoreDB', () => {
  it('leaves out what is no fact, and finds the last fact behind any number of other events', async () => {
    const log = openEventStoreDbEventLog(there.node.url, PATIENT);
    expect(await log.head()).toBe(LOG_START);
    putOthers(50);
    expect(await log.head()).toBe(LOG_START);
    await put('journey-1', NO_STREAM, 3);
    putOthers(1_000);
    const facts = await allFacts(log);
    expect(facts.map(({ id }) => id)).toEqual(['f0', 'f1', 'f2']);
    expect(await log.head()).toBe(facts.at(-1)!.position);
    putOthers(20);
    expect(await log.head()).toBe(facts.at(-1)!.position);
    const pages = await collect(log.readAll({ after: facts.at(-1)!.position }));
    expect(pages.flatMap((page) => page.facts)).toEqual([]);
    expect(pages.at(-1)).toMatchObject({ caughtUp: true });
    await log.close();
  });

  it('lets the node leave out what is no fact', async () => {
    await put('journey-1', NO_STREAM, 3);
    putOthers(1_000);
    await put('journey-1', 2, 3, 'later');
    const log = openEventStoreDbEventLog(there.node.url, PATIENT);
    expect(await log.head()).toBeGreaterThan(0);
    there.node.counts.eventsSent = 0;
    expect(await allFacts(log)).toHaveLength(6);
    expect(there.node.counts.eventsSent).toBeLessThan(30);
    await log.close();
  });

  it('looks through the events behind the last fact once, however often it is asked', async () => {
    putOthers(600);
    const log = openEventStoreDbEventLog(there.node.url, PATIENT);
    expect(await log.head()).toBe(LOG_START);
    there.node.counts.eventsSent = 0;
    for (let times = 0; times < 5; times += 1) {
      putOthers(1);
      expect(await log.head()).toBe(LOG_START);
    }
    expect(there.node.counts.eventsSent).toBeLessThan(60);
    await log.close();
  });

  it('has a limit of time for that, and goes on where it was', async () => {
    await put('journey-1', NO_STREAM, 1);
    const last = await there.log.head();
    putOthers(800);
    const hurried = openEventStoreDbEventLog(there.node.url, {
      mode: 'read',
      callLimitMs: 1_000,
      patienceMs: 150,
    });
    there.node.faults.delayMs = 2;
    let tries = 0;
    for (let head: number | undefined; head === undefined && tries < 50; tries += 1) {
      const start = Date.now();
      head = await hurried.head().catch(() => undefined);
      expect(Date.now() - start).toBeLessThan(5_000);
      if (head !== undefined) expect(head).toBe(last);
    }
    expect(tries).toBeGreaterThan(1);
    expect(tries).toBeLessThan(50);
    await hurried.close();
  });

  it('does not take a read that the node ended too early for the end of the log', async () => {
    await put('journey-1', NO_STREAM, 40);
    there.node.faults.endsAfter = 7;
    setTimeout(() => there.mend(), 300);
    expect(await allFacts(there.log, { pageSize: 5 })).toHaveLength(40);
  });

  it('goes on with a read that breaks off, and gives nothing twice', async () => {
    await put('journey-1', NO_STREAM, 400);
    const ids: string[] = [];
    for await (const page of there.log.readAll({ after: LOG_START, pageSize: 20 })) {
      ids.push(...page.facts.map(({ id }) => id));
      if (ids.length !== 100 && ids.length !== 200) continue;
      await there.node.kill();
      await there.node.start();
    }
    expect(ids).toEqual(numbered(400).map(({ id }) => id));
  });

  it('ends with an error when the node stays away, in every way of reading', async () => {
    await put('journey-1', NO_STREAM, 1);
    for (const fault of ['silent', 'unavailable', 'notReady'] as const) {
      there.node.faults[fault] = true;
      const start = Date.now();
      const reads = [there.log.readStream('journey-1'), there.log.head(), allFacts(there.log)];
      for (const outcome of await Promise.allSettled(reads)) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } });
      }
      expect(Date.now() - start).toBeLessThan(5_000);
      there.mend();
      expect(await allFacts(there.log)).toHaveLength(1);
    }
  });

  it('does not count the time that its reader takes as the silence of the node', async () => {
    await put('journey-1', NO_STREAM, 30);
    let seen = 0;
    there.node.calls['read'] = 0;
    for await (const page of there.log.readAll({ after: LOG_START, pageSize: 10 })) {
      seen += page.facts.length;
      await new Promise((resolve) => setTimeout(resolve, 600));
    }
    expect(seen).toBe(30);
    // Where it ends, and the facts.
    expect(there.node.calls['read']).toBe(2);
  });

  it('says where it cannot begin', async () => {
    await put('journey-1', NO_STREAM, 2);
    const nowhere = (await there.log.head()) - 7;
    await expect(allFacts(there.log, { after: nowhere })).rejects.toMatchObject({ code: 'invalid' });
    const following = new Following(there.log, nowhere);
    expect(await following.failure()).toMatchObject({ code: 'invalid' });
  });

  it.each([
    ['data that is no JSON', { data: text('{"a":') }],
    ['data that is no object', { data: text('"text"') }],
    ['data that is said to be no JSON', { contentType: 'application/octet-stream' }],
    ['no metadata', { metadata: text('') }],
    ['metadata that is no JSON', { metadata: text('{') }],
    ['metadata without the times', { metadata: text('{"source":"s","id":"i"}') }],
  ])('names the place of a fact with %s', async (_, changes) => {
    await put('journey-1', NO_STREAM, 1);
    const good = { source: 's', id: 'i', time: 1, recorded: 2, accepted: 3 };
    const event = {
      ...notAFact,
      type: 'it.mip.attended.v1',
      metadata: text(JSON.stringify(good)),
      ...changes,
    };
    const { position } = there.node.node.write('journey-2', 'any', [event]) as { position: number };
    const corrupt = { code: 'corrupt', message: expect.stringContaining(String(position)) as string };
    await expect(allFacts(there.log)).rejects.toMatchObject(corrupt);
    await expect(there.log.readStream('journey-2')).rejects.toMatchObject(corrupt);
    const following = new Following(there.log, LOG_START);
    expect(await following.failure()).toMatchObject(corrupt);
  });
});

describe('following EventStoreDB', () => {
  it.each([
    ['the node ends the subscription without an error', async () => there.node.endStreams()],
    ['the node is killed and started again', () => there.node.kill().then(() => there.node.start())],
    [
      'the node stops in order and starts again',
      () => there.node.stopGracefully().then(() => there.node.start()),
    ],
    [
      'the node refuses for a while',
      async () => {
        there.node.faults.unavailable = true;
        there.node.endStreams();
        setTimeout(() => there.mend(), 500);
      },
    ],
  ])('goes on from where it was when %s', async (_, disturb) => {
    await put('journey-1', NO_STREAM, 10);
    const following = new Following(there.log, LOG_START);
    await following.until(({ facts }) => facts.length === 10);
    for (let round = 1; round <= 3; round += 1) {
      await disturb();
      await put('journey-1', round * 10 - 1, 10, `r${round}-`);
      await following.until(({ facts }) => facts.length >= (round + 1) * 10);
    }
    expect(await following.end()).toBeUndefined();
    expect(following.facts).toEqual(await allFacts(there.log));
  });

  it('notices a subscription that has died without a word', async () => {
    const impatient = await NodeAndLog.open({ silenceMs: 300 });
    const following = new Following(impatient.log, LOG_START);
    await following.until(({ pages }) => pages.length > 0);
    impatient.node.faults.losesEvents = true;
    await impatient.log.append({ stream: 'journey-1', expectedRevision: NO_STREAM, facts: numbered(1) });
    await new Promise((resolve) => setTimeout(resolve, 100));
    impatient.mend();
    await following.until(({ facts }) => facts.length === 1);
    await following.end();
    await impatient.close();
  });

  it('says when it has caught up, also where the node does not', async () => {
    await put('journey-1', NO_STREAM, 25);
    for (const hidesCaughtUp of [false, true]) {
      there.node.faults.hidesCaughtUp = hidesCaughtUp;
      const following = new Following(there.log, LOG_START, 10);
      await following.until(({ pages }) => pages.at(-1)?.caughtUp === true);
      expect(following.facts).toHaveLength(25);
      expect(following.pages.slice(0, 2).map(({ caughtUp }) => caughtUp)).toEqual([false, false]);
      await following.end();
    }
  });

  it('moves on with the checkpoints where only other events come, and can be resumed from all of them', async () => {
    await put('journey-1', NO_STREAM, 1);
    putOthers(3_500);
    const log = openEventStoreDbEventLog(there.node.url, PATIENT);
    const following = new Following(log, LOG_START);
    await following.until(({ pages }) => pages.length > 2);
    const positions = following.pages.map(({ position }) => position);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(positions.at(-1)).toBeGreaterThan(await log.head());
    await put('journey-1', 0, 1, 'later');
    await following.until(({ facts }) => facts.length === 2);
    await following.end();
    for (const after of new Set(positions)) {
      expect((await allFacts(log, { after })).map(({ id }) => id)).toEqual(['later0']);
      const again = new Following(log, after);
      await again.until(({ facts }) => facts.length > 0);
      await again.end();
      expect(again.facts.map(({ id }) => id)).toEqual(['later0']);
    }
    expect(there.node.counts.invalidPositions).toBe(0);
    const upTo = positions.at(-1)!;
    const pages = await collect(log.readAll({ after: LOG_START, upTo }));
    expect(pages.at(-1)).toMatchObject({ position: upTo });
    await log.close();
  }, 120_000);

  it('can be resumed from the byte before an event, which is what earlier versions wrote down', async () => {
    await put('journey-1', NO_STREAM, 1);
    putOthers(5);
    await put('journey-1', 0, 1, 'later');
    const after = there.node.node.events.at(-3)!.position - 1;
    const again = new Following(there.log, after);
    await again.until(({ facts }) => facts.length > 0);
    await again.end();
    expect(again.facts.map(({ id }) => id)).toEqual(['later0']);
    expect((await allFacts(there.log, { after })).map(({ id }) => id)).toEqual(['later0']);
  });

  it('says so where the log ends before the position: what comes there would be passed over', async () => {
    await put('journey-1', NO_STREAM, 3);
    const beyond = (await there.log.head()) + 5_000;
    const following = new Following(there.log, beyond);
    expect(await following.failure()).toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining(String(beyond)) as string,
    });
  });

  it('takes no more from the node than its reader works off', async () => {
    const events = Array.from({ length: 5_000 }, (_, index) => ({
      ...notAFact,
      type: 'it.mip.attended.v1',
      data: text(`{"text":"${'x'.repeat(2_000)}"}`),
      metadata: text(`{"source":"s","id":"${index}","time":1,"recorded":2,"accepted":3}`),
    }));
    there.node.node.write('journey-1', 'any', events);
    const stop = new AbortController();
    let given = 0;
    for await (const page of there.log.follow({ after: LOG_START, pageSize: 50, signal: stop.signal })) {
      given += page.facts.length;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      stop.abort();
    }
    expect(given).toBeGreaterThan(0);
    expect(there.node.counts.eventsSent).toBeLessThan(1_000);
  });

  it('ends with an error at a checkpoint that cannot be read, and nothing is thrown where nobody hears it', async () => {
    const unheard: unknown[] = [];
    const hear = (error: unknown) => void unheard.push(error);
    process.on('unhandledRejection', hear);
    await put('journey-1', NO_STREAM, 1);
    putOthers(1_100);
    there.node.faults.strangeCheckpoints = true;
    const following = new Following(there.log, LOG_START);
    expect(await following.failure()).toMatchObject({ code: 'corrupt' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.off('unhandledRejection', hear);
    expect(unheard).toEqual([]);
  });

  it('ends with an error that trying again does not mend', async () => {
    const following = new Following(there.log, LOG_START);
    await following.until(({ pages }) => pages.length > 0);
    there.node.node.write('journey-1', 'any', [{ ...notAFact, type: 'it.mip.attended.v1' }]);
    expect(await following.failure()).toMatchObject({ code: 'corrupt' });
  });
});

describe('a client that a failure was seen on', () => {
  it('is replaced, and what reads through it may come to its end', async () => {
    const event = jsonEvent({ type: 'it.mip.x.v1', data: {} });
    await there.client().appendToStream('other', event, { expectedRevision: 'no_stream' });
    there.node.faults.unavailable = true;
    await expect(there.log.head()).rejects.toMatchObject({ code: 'unavailable' });
    there.mend();
    await put('journey-1', NO_STREAM, 1);
    expect((await there.log.readStream('journey-1')).map(({ id }) => id)).toEqual(['f0']);
  });
});
