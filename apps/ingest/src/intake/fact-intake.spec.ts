import 'reflect-metadata';
import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalogue } from '#catalogue';
import { type AppendRequest, type EventLog, EventLogError, LOG_START } from '#event-log';
import { openEventLog } from '#event-log/open';
import { checkEvent, type IncomingEvent, type StoredFact } from '#events';
import { attended, contact, retracted } from '../testing/running-ingest.js';
import { FactIntake } from './fact-intake.js';
import { type IntakeOptions } from './intake-rounds.js';

const catalogue = loadCatalogue();
const SKIP: IntakeOptions = { onRefusal: 'skip', patienceMs: 5_000 };

function incoming(event: unknown): IncomingEvent {
  const checked = checkEvent(event, { catalogue, now: Date.now(), mayImport: true });
  if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
  return checked.event;
}

let folder: string;
let log: EventLog;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'percorso-intake-'));
  log = await openEventLog(`sqlite:${join(folder, 'events.db')}`, { mode: 'write' });
});

afterEach(async () => {
  await log.close();
  await rm(folder, { recursive: true, force: true });
});

async function stored(): Promise<StoredFact[]> {
  const facts: StoredFact[] = [];
  for await (const page of log.readAll({ after: LOG_START })) facts.push(...page.facts);
  return facts;
}

describe('the intake', () => {
  it('accepts one of many that send the same at once, and the others as duplicates of it', async () => {
    const intake = new FactIntake(log);
    const sent = Array.from({ length: 50 }, () => intake.accept([incoming(attended('a'))], SKIP));
    const outcomes = (await Promise.all(sent)).flat();
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'duplicate')).toHaveLength(49);
    const [fact, ...more] = await stored();
    expect(more).toEqual([]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ position: fact!.position, recorded: fact!.recorded });
  });

  it('never lets the recorded time run backwards', async () => {
    const intake = new FactIntake(log);
    const send = (n: number) => intake.accept([incoming(attended(`${n}`, { subject: `J-${n % 7}` }))], SKIP);
    await Promise.all(Array.from({ length: 500 }, (_, n) => send(n)));
    const recorded = (await stored()).map((fact) => fact.recorded);
    expect(recorded).toHaveLength(500);
    expect(recorded).toEqual([...recorded].sort((a, b) => a - b));
  });

  it('shares commits among requests for one stream', async () => {
    let calls = 0;
    const counting = {
      ...bound(log),
      append: (request: AppendRequest) => ((calls += 1), log.append(request)),
    };
    const intake = new FactIntake(counting);
    await Promise.all(
      Array.from({ length: 200 }, (_, n) => intake.accept([incoming(contact(`${n}`))], SKIP)),
    );
    expect(calls).toBeLessThan(10);
    expect(await stored()).toHaveLength(200);
  });

  it('finds out what another process wrote since a stream was read', async () => {
    const [one, other] = [new FactIntake(log), new FactIntake(log)];
    await one.accept([incoming(attended('a'))], SKIP);
    await other.accept([incoming(attended('a')), incoming(attended('b'))], SKIP);
    const back = incoming(retracted('r', { id: 'b' }));
    const outcomes = await one.accept([incoming(attended('b')), back], SKIP);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['duplicate', 'accepted']);
    expect((await stored()).map(({ id }) => id)).toEqual(['a', 'b', 'r']);
  });

  it('tells an error of the log only when nothing of the request is under way any more', async () => {
    const failing = { ...bound(log), append: () => Promise.reject(new EventLogError('unavailable', 'away')) };
    const intake = new FactIntake(failing);
    await expect(intake.accept([incoming(attended('a'))], SKIP)).rejects.toMatchObject({
      outcomes: [{ kind: 'untouched' }],
      cause: { code: 'unavailable' },
    });
    expect(await stored()).toEqual([]);
  });

  it('tells with an error of the log what was stored all the same', async () => {
    const append = (request: AppendRequest) =>
      request.stream === 'journey-J-2'
        ? Promise.reject(new EventLogError('unavailable', 'away'))
        : log.append(request);
    const intake = new FactIntake({ ...bound(log), append });
    const events = ['J-1', 'J-2', 'J-3', 'J-1'].map((subject, at) =>
      incoming(attended(`${at}`, { subject })),
    );
    await intake.accept([events[2]!], SKIP);
    const kinds = ['accepted', 'untouched', 'duplicate', 'accepted'];
    await expect(intake.accept(events, SKIP)).rejects.toMatchObject({
      outcomes: kinds.map((kind) => ({ kind })),
      cause: { code: 'unavailable' },
    });
    expect((await stored()).map(({ id }) => id).toSorted()).toEqual(['0', '2', '3']);
  });

  const subjects = fc.constantFrom('J-1', 'J-2', undefined);
  const anyEvent = fc
    .tuple(subjects, fc.nat(6), fc.nat(1), fc.boolean())
    .map(([subject, n, variant, isRetraction]) => {
      if (subject === undefined) {
        const target = {
          source: '/help-desk',
          id: `${n}`,
          type: 'it.mip.contact-handled.v1',
          day: '2020-05-12',
        };
        if (isRetraction) return incoming(retracted(`r${n}`, target, { subject }));
        return incoming(contact(`${n}`, { data: { channel: variant ? 'phone' : 'chatbot' } }));
      }
      if (isRetraction) return incoming(retracted(`r${n}`, { id: `${n}` }, { subject }));
      return incoming(
        attended(`${n}`, { subject, data: { venue: variant ? 'CPI-RIVOLI' : 'ONLINE-TORINO' } }),
      );
    });

  it('keeps every key once and no retraction before its target, whatever fails and whoever else writes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyEvent, { minLength: 1, maxLength: 6 }), { maxLength: 12 }),
        fc.infiniteStream(fc.noShrink(fc.nat(40))),
        async (requests, luck) => {
          await fresh();
          const unreliable = flaky(log, () => luck.next().value as number);
          const intakes = [new FactIntake(unreliable, { maxCachedFacts: 4 }), new FactIntake(unreliable)];
          const answers = await Promise.all(
            requests.map((events, at) => intakes[at % 2]!.accept(events, SKIP)),
          );
          const facts = await stored();
          const keys = facts.map((fact) => [fact.stream, fact.source, fact.id].join(' '));
          expect(new Set(keys).size).toBe(keys.length);
          const byPosition = new Map(facts.map((fact) => [fact.position, fact]));
          for (const [at, outcomes] of answers.entries()) {
            for (const [index, outcome] of outcomes.entries()) {
              if (outcome.kind !== 'accepted' && outcome.kind !== 'duplicate') continue;
              const { source, id, subject, type, data } = requests[at]![index]!;
              expect(byPosition.get(outcome.position)).toMatchObject({
                source,
                id,
                type,
                data,
                ...(subject ? { subject } : {}),
              });
            }
          }
          for (const fact of facts.filter(({ id }) => id.startsWith('r'))) {
            const target = facts.find(
              ({ id, subject, source }) =>
                id === fact.data['id'] && subject === fact.subject && source === fact.data['source'],
            );
            expect(target!.position).toBeLessThan(fact.position);
          }
        },
      ),
      { numRuns: 50 },
    );
  }, 120_000);

  async function fresh(): Promise<void> {
    await log.close();
    await rm(join(folder, 'events.db'), { force: true });
    for (const end of ['-wal', '-shm']) await rm(join(folder, `events.db${end}`), { force: true });
    log = await openEventLog(`sqlite:${join(folder, 'events.db')}`, { mode: 'write' });
  }
});

function bound(real: EventLog): EventLog {
  return {
    append: (request) => real.append(request),
    readStream: (stream) => real.readStream(stream),
    readAll: (options) => real.readAll(options),
    follow: (options) => real.follow(options),
    maxFactBytes: real.maxFactBytes,
    head: () => real.head(),
    close: () => real.close(),
  };
}

/** A log that is overloaded at times, and at times loses its answer before or after it has stored. */
function flaky(real: EventLog, luck: () => number): EventLog {
  return {
    ...bound(real),
    async append(request) {
      const dice = luck();
      if (dice === 0) throw new EventLogError('overloaded', 'too much');
      if (dice === 1) throw new EventLogError('outcome-unknown', 'lost before');
      const outcome = await real.append(request);
      if (dice === 2) throw new EventLogError('outcome-unknown', 'lost after');
      return outcome;
    },
  };
}
