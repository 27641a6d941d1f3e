import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Fact } from '#events';
import { allFacts, exampleFact } from '../event-log.examples.js';
import { type AppendOutcome, NO_STREAM } from '../event-log.port.js';
import { openSqliteEventLog, type SqliteEventLog } from './sqlite-event-log.js';

interface Step {
  readonly stream: number;
  /** Added to the right revision: 0 is an append that succeeds. */
  readonly error: number;
  readonly data: readonly Fact['data'][];
}

const json = fc.jsonValue({ maxDepth: 2, stringUnit: 'binary' }).map((value) => {
  // JSON knows no negative zero; going through its text once makes the data what an event can hold.
  return JSON.parse(JSON.stringify({ value })) as Fact['data'];
});

const step: fc.Arbitrary<Step> = fc.record({
  stream: fc.integer({ min: 0, max: 3 }),
  error: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }) },
  ),
  data: fc.array(json, { minLength: 1, maxLength: 4 }),
});

/** Steps that are called without waiting for each other; each group waits for the one before. */
const groups = fc.array(fc.array(step, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 });

/** The log as it could be written on one page: lists of facts, one after the other. */
class ModelLog {
  readonly streams = new Map<string, Fact[]>();
  readonly all: { stream: string; revision: number; fact: Fact }[] = [];

  revision(stream: string): number {
    return (this.streams.get(stream)?.length ?? 0) - 1;
  }

  append(stream: string, expected: number, facts: readonly Fact[]): AppendOutcome['kind'] {
    if (expected !== this.revision(stream)) return 'wrong-expected-revision';
    const stored = this.streams.get(stream) ?? [];
    this.streams.set(stream, stored);
    for (const fact of facts) {
      this.all.push({ stream, revision: stored.length, fact });
      stored.push(fact);
    }
    return 'appended';
  }
}

describe('the event log in SQLite against a model', () => {
  let folder: string;
  let log: SqliteEventLog;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-log-'));
    log = await openSqliteEventLog(join(folder, 'log.db'), { mode: 'write', maxCommitFacts: 7 });
  });

  afterAll(async () => {
    await log.close();
    await rm(folder, { recursive: true });
  });

  it('stores any sequence of appends as the model does', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(groups, async (steps) => {
        run += 1;
        const model = new ModelLog();
        const start = await log.head();
        for (const group of steps) {
          const expected: AppendOutcome['kind'][] = [];
          const calls = group.map(({ stream: number, error, data }) => {
            const stream = `run-${run}-${number}`;
            const expectedRevision = Math.max(NO_STREAM, model.revision(stream) + error);
            const facts = data.map((value, index) => exampleFact(`${run}-${index}`, { data: value }));
            expected.push(model.append(stream, expectedRevision, facts));
            return log.append({ stream, expectedRevision, facts });
          });
          expect((await Promise.all(calls)).map((outcome) => outcome.kind)).toEqual(expected);
        }
        const stored = await allFacts(log, { after: start, pageSize: 5 });
        const placed = stored.map(({ stream, revision, position: _position, ...fact }) => ({
          stream,
          revision,
          fact,
        }));
        expect(placed).toEqual(model.all);
        for (const [stream, facts] of model.streams) {
          expect((await log.readStream(stream)).map((fact) => fact.data)).toEqual(
            facts.map((fact) => fact.data),
          );
        }
      }),
      { numRuns: 100 },
    );
  });
});
