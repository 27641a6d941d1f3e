import { setTimeout as pause } from 'node:timers/promises';
import { type Fact, type StoredFact } from '#events';
import { EventLogError } from './event-log.error.js';
import { allFacts, collect, DEMANDING_FACTS, exampleFact, numbered } from './event-log.examples.js';
import { type AppendOutcome, type EventLog, type LogPage, LOG_START, NO_STREAM } from './event-log.port.js';

export interface OpenedLog {
  /** An empty log. */
  readonly log: EventLog;
  /** Closes what is open and opens the same log anew, as after a restart. */
  reopen(): Promise<EventLog>;
  /** Closes and removes everything. */
  cleanup(): Promise<void>;
}

function positionsOf(outcome: AppendOutcome): readonly number[] {
  if (outcome.kind !== 'appended') throw new Error(`not appended: ${JSON.stringify(outcome)}`);
  return outcome.positions;
}

/** The fact as it was before the log gave it a place. */
function withoutPlace({
  position: _position,
  stream: _stream,
  revision: _revision,
  ...fact
}: StoredFact): Fact {
  return fact;
}

const ids = (facts: readonly Fact[]): string[] => facts.map((fact) => fact.id);

function groupByStream(facts: readonly StoredFact[]): Map<string, StoredFact[]> {
  const groups = new Map<string, StoredFact[]>();
  for (const fact of facts) groups.set(fact.stream, [...(groups.get(fact.stream) ?? []), fact]);
  return groups;
}

const rejectsWith = (code: string) => ({ name: 'EventLogError', code });

/** What every event log promises, whatever is behind it. `open` gives a new, empty log for each test. */
export function eventLogContract(name: string, open: () => Promise<OpenedLog>): void {
  describe(`${name} keeps the promises of an event log`, () => {
    let opened: OpenedLog;
    let log: EventLog;

    beforeEach(async () => {
      opened = await open();
      log = opened.log;
    });

    afterEach(async () => {
      await opened.cleanup();
    });

    const put = async (stream: string, expectedRevision: number, facts: readonly Fact[]) =>
      positionsOf(await log.append({ stream, expectedRevision, facts }));

    describe('append', () => {
      it('stores facts of a new stream in their order', async () => {
        const positions = await put('journey-1', NO_STREAM, numbered(3));
        const facts = await log.readStream('journey-1');
        expect(ids(facts)).toEqual(['f0', 'f1', 'f2']);
        expect(facts.map((fact) => fact.revision)).toEqual([0, 1, 2]);
        expect(facts.map((fact) => fact.stream)).toEqual(['journey-1', 'journey-1', 'journey-1']);
        expect(facts.map((fact) => fact.position)).toEqual(positions);
      });

      it('goes on where the stream ends', async () => {
        await put('journey-1', NO_STREAM, numbered(2, 'a'));
        await put('journey-1', 1, numbered(1, 'b'));
        await put('journey-1', 2, numbered(2, 'c'));
        const facts = await log.readStream('journey-1');
        expect(ids(facts)).toEqual(['a0', 'a1', 'b0', 'c0', 'c1']);
        expect(facts.map((fact) => fact.revision)).toEqual([0, 1, 2, 3, 4]);
      });

      it.each([
        ['a stream that does not exist', 0, 0, NO_STREAM],
        ['a revision that is yet to come', 2, 2, 1],
        ['a revision that has passed', 2, 0, 1],
        ['no stream where there is one', 2, NO_STREAM, 1],
      ])('stores nothing when it expects %s, and says what is there', async (_, before, expected, actual) => {
        if (before > 0) await put('journey-1', NO_STREAM, numbered(before));
        const outcome = await log.append({
          stream: 'journey-1',
          expectedRevision: expected,
          facts: numbered(3, 'late'),
        });
        expect(outcome).toEqual({ kind: 'wrong-expected-revision', actualRevision: actual });
        expect(await log.readStream('journey-1')).toHaveLength(before);
        expect(await allFacts(log)).toHaveLength(before);
      });

      it('gives positions that are safe integers, grow, and come after all earlier ones', async () => {
        const first = await put('journey-1', NO_STREAM, numbered(3));
        const second = await put('journey-2', NO_STREAM, numbered(2));
        const third = await put('journey-1', 2, numbered(1));
        const positions = [LOG_START, ...first, ...second, ...third];
        expect(positions.every((position) => Number.isSafeInteger(position))).toBe(true);
        expect(positions.slice(1).every((position, index) => position > positions[index]!)).toBe(true);
      });

      it('carries out concurrent appends to one stream in the order of the calls', async () => {
        const calls = Array.from({ length: 50 }, (_, index) =>
          put('journey-1', index - 1, numbered(1, `${index}-`)),
        );
        const positions = (await Promise.all(calls)).flat();
        expect(positions).toEqual([...positions].sort((a, b) => a - b));
        const stored = ids(await log.readStream('journey-1'));
        expect(stored).toEqual(Array.from({ length: 50 }, (_, index) => `${index}-0`));
      });

      it('lets exactly one of several appends at the same revision win', async () => {
        await put('journey-1', NO_STREAM, numbered(1));
        const racers = Array.from({ length: 20 }, (_, index) =>
          log.append({ stream: 'journey-1', expectedRevision: 0, facts: numbered(2, `racer${index}-`) }),
        );
        const outcomes = await Promise.all(racers);
        const winners = outcomes.flatMap((outcome, index) => (outcome.kind === 'appended' ? [index] : []));
        expect(winners).toHaveLength(1);
        const losers = outcomes.filter((outcome) => outcome.kind !== 'appended');
        expect(losers).toEqual(losers.map(() => ({ kind: 'wrong-expected-revision', actualRevision: 2 })));
        expect(ids(await log.readStream('journey-1')).slice(1)).toEqual([
          `racer${winners[0]}-0`,
          `racer${winners[0]}-1`,
        ]);
      });

      it('stores concurrent appends to many streams, each once and whole', async () => {
        const streams = Array.from({ length: 200 }, (_, index) => `journey-${index}`);
        const positions = await Promise.all(
          streams.map((stream) => put(stream, NO_STREAM, numbered(3, `${stream}/`))),
        );
        expect(new Set(positions.flat()).size).toBe(600);
        const byStream = groupByStream(await allFacts(log));
        expect(byStream.size).toBe(200);
        for (const [index, stream] of streams.entries()) {
          const facts = byStream.get(stream) ?? [];
          expect(ids(facts)).toEqual(ids(numbered(3, `${stream}/`)));
          expect(facts.map((fact) => fact.position)).toEqual(positions[index]);
        }
      });

      it('refuses an append without facts', async () => {
        await expect(
          log.append({ stream: 's', expectedRevision: NO_STREAM, facts: [] }),
        ).rejects.toMatchObject(rejectsWith('invalid'));
      });
    });

    describe('readStream', () => {
      it('gives nothing for a stream that does not exist', async () => {
        expect(await log.readStream('journey-1')).toEqual([]);
      });

      it('keeps streams apart whose names are alike', async () => {
        const names = ['a', 'A', 'a ', 'à', 'a\u0300', 'aa'];
        for (const stream of names) await put(stream, NO_STREAM, [exampleFact(`of ${stream}`)]);
        for (const stream of names) expect(ids(await log.readStream(stream))).toEqual([`of ${stream}`]);
      });

      it('gives every field back as it was', async () => {
        await put('journey-1', NO_STREAM, DEMANDING_FACTS);
        expect((await log.readStream('journey-1')).map(withoutPlace)).toEqual(DEMANDING_FACTS);
      });
    });

    describe('readAll', () => {
      it('gives an empty log as caught up at its start', async () => {
        const pages = await collect(log.readAll({ after: LOG_START }));
        expect(pages.flatMap((page) => page.facts)).toEqual([]);
        expect(pages.at(-1)).toMatchObject({ caughtUp: true });
      });

      it.each([1, 7, 1000])('gives the whole log in its order in pages of %i', async (pageSize) => {
        for (let index = 0; index < 10; index += 1) await put(`journey-${index}`, NO_STREAM, numbered(3));
        const pages = await collect(log.readAll({ after: LOG_START, pageSize }));
        const facts = pages.flatMap((page) => page.facts);
        expect(facts.map((fact) => `${fact.stream}/${fact.revision}`)).toEqual(
          Array.from({ length: 30 }, (_, index) => `journey-${Math.floor(index / 3)}/${index % 3}`),
        );
        expect(Math.max(...pages.map((page) => page.facts.length))).toBeLessThanOrEqual(pageSize);
        expect(pages.map((page) => page.caughtUp).lastIndexOf(false)).toBeLessThan(pages.length - 1);
        let before = LOG_START;
        for (const page of pages) {
          expect(page.facts.every((fact) => fact.position > before && fact.position <= page.position)).toBe(
            true,
          );
          before = page.position;
        }
      });

      it('can be resumed after any page', async () => {
        await put('journey-1', NO_STREAM, numbered(20));
        const whole = await allFacts(log);
        for (const page of await collect(log.readAll({ after: LOG_START, pageSize: 3 }))) {
          const rest = await allFacts(log, { after: page.position });
          expect(rest).toEqual(whole.filter((fact) => fact.position > page.position));
        }
      });

      it('gives only what stands after one position and up to another', async () => {
        await put('journey-1', NO_STREAM, numbered(10));
        const whole = await allFacts(log);
        const [after, upTo] = [whole[2]!.position, whole[7]!.position];
        for (const pageSize of [1, 2, 100]) {
          const pages = await collect(log.readAll({ after, upTo, pageSize }));
          expect(pages.flatMap((page) => page.facts)).toEqual(whole.slice(3, 8));
          expect(pages.every((page) => page.position <= upTo)).toBe(true);
        }
        expect(await allFacts(log, { after: upTo, upTo })).toEqual([]);
      });

      it('goes no further than the log when asked for more', async () => {
        const positions = await put('journey-1', NO_STREAM, numbered(2));
        const beyond = positions[1]! + 1_000_000;
        const last = (await collect(log.readAll({ after: LOG_START, upTo: beyond }))).at(-1);
        await put('journey-1', 1, numbered(1, 'later'));
        expect(ids(await allFacts(log, { after: last!.position, upTo: beyond }))).toEqual(['later0']);
      });

      it('gives no further page after its signal', async () => {
        await put('journey-1', NO_STREAM, numbered(10));
        const stop = new AbortController();
        const seen: LogPage[] = [];
        for await (const page of log.readAll({ after: LOG_START, pageSize: 1, signal: stop.signal })) {
          seen.push(page);
          stop.abort();
        }
        expect(seen).toHaveLength(1);
      });
    });

    describe('follow', () => {
      it('gives what is there and then what comes, until its signal', async () => {
        await put('journey-1', NO_STREAM, numbered(5));
        const stop = new AbortController();
        const feed = async () => {
          for (let round = 0; round < 5; round += 1) {
            await pause(5);
            await put('journey-2', round - 1, numbered(1));
          }
        };
        const feeding = feed();
        const seen: StoredFact[] = [];
        for await (const page of log.follow({ after: LOG_START, pageSize: 2, signal: stop.signal })) {
          seen.push(...page.facts);
          if (seen.length === 10) stop.abort();
        }
        await feeding;
        expect(seen).toEqual(await allFacts(log));
      });

      it('fails at a position that the log has never reached, since it was read from another one', async () => {
        const positions = await put('journey-1', NO_STREAM, numbered(2));
        const { signal } = new AbortController();
        const following = collect(log.follow({ after: positions[1]! + 1_000_000, signal }));
        await expect(following).rejects.toMatchObject(rejectsWith('corrupt'));
      });

      it('ends by its signal while it waits', async () => {
        const stop = new AbortController();
        const following = collect(log.follow({ after: LOG_START, signal: stop.signal }));
        setTimeout(() => stop.abort(), 50);
        expect((await following).flatMap((page) => page.facts)).toEqual([]);
      });

      it('gives nothing when its signal was earlier', async () => {
        await put('journey-1', NO_STREAM, numbered(1));
        expect(await collect(log.follow({ after: LOG_START, signal: AbortSignal.abort() }))).toEqual([]);
      });
    });

    describe('head', () => {
      it('is the start of an empty log and the last fact of any other', async () => {
        expect(await log.head()).toBe(LOG_START);
        for (const [stream, count] of [
          ['journey-1', 3],
          ['journey-2', 1],
        ] as const) {
          const positions = await put(stream, NO_STREAM, numbered(count));
          expect(await log.head()).toBe(positions.at(-1));
        }
      });
    });

    describe('while facts are being written', () => {
      it('shows readers whole appends only, and no gap behind what they have seen', async () => {
        const streams = 8;
        let writing = true;
        const writers = Array.from({ length: streams }, async (_, index) => {
          for (let round = 0; round < 30; round += 1)
            await put(`journey-${index}`, round * 3 - 1, numbered(3));
        });
        const finished = Promise.all(writers).finally(() => (writing = false));
        const followed: StoredFact[] = [];
        let position = LOG_START;
        while (writing || position < (await log.head())) {
          await pause(1);
          for await (const page of log.readAll({ after: position, pageSize: 50 })) {
            followed.push(...page.facts);
            position = page.position;
          }
          for (const facts of groupByStream(followed).values()) expect(facts.length % 3).toBe(0);
          const stream = await log.readStream('journey-0');
          expect(stream.length % 3).toBe(0);
          expect(stream.map((fact) => fact.revision)).toEqual(stream.map((_, revision) => revision));
        }
        await finished;
        expect(followed).toHaveLength(streams * 90);
        expect(followed).toEqual(await allFacts(log));
      });
    });

    describe('close and open again', () => {
      it('keeps everything as it was', async () => {
        await put('journey-1', NO_STREAM, DEMANDING_FACTS);
        await put('journey-2', NO_STREAM, numbered(3));
        const before = await allFacts(log);
        log = await opened.reopen();
        expect(await allFacts(log)).toEqual(before);
        expect(await log.head()).toBe(before.at(-1)!.position);
        const [next] = await put('journey-2', 2, numbered(1));
        expect(next).toBeGreaterThan(before.at(-1)!.position);
      });

      it('finishes the appends that were accepted', async () => {
        const accepted = Array.from({ length: 100 }, (_, index) =>
          put(`journey-${index}`, NO_STREAM, numbered(2)),
        );
        await log.close();
        await Promise.all(accepted);
        log = await opened.reopen();
        expect(await allFacts(log)).toHaveLength(200);
      });

      it('refuses every call after close', async () => {
        await put('journey-1', NO_STREAM, numbered(1));
        await log.close();
        await log.close();
        const signal = new AbortController().signal;
        const calls = [
          log.append({ stream: 'journey-1', expectedRevision: 0, facts: numbered(1) }),
          log.readStream('journey-1'),
          collect(log.readAll({ after: LOG_START })),
          collect(log.follow({ after: LOG_START, signal })),
          log.head(),
        ];
        for (const outcome of await Promise.allSettled(calls)) {
          expect(outcome).toMatchObject({ status: 'rejected', reason: rejectsWith('unavailable') });
          expect(outcome.status === 'rejected' && outcome.reason).toBeInstanceOf(EventLogError);
        }
      });
    });
  });
}
