import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadCatalogue } from '#catalogue';
import { type Fact, streamOf } from '#events';
import { type EventLog, EventLogError, NO_STREAM } from '#event-log';
import { openEventLog } from '#event-log/open';
import { type FunnelKind, MeasureError, type Selection } from '#measures';
import { histories } from '../../../../test/oracle/histories.js';
import { type OracleFact } from '../../../../test/oracle/oracle-facts.js';
import { oracleFunnel } from '../../../../test/oracle/oracle-figures.js';
import { questions } from '../../../../test/oracle/questions.js';
import { selectionOf } from '../../../../test/support/selection-of.js';
import { replayFunnel } from './replay.js';
import { ReplayError } from './replay.error.js';
import { runReplay, withTemporaryFolder } from './run-replay.js';

const catalogue = loadCatalogue();
const oracleCatalogue = catalogue.describe();
const ALL: Selection = { groupBy: [], filters: {} };

const HISTORIES = 12;
const facts: OracleFact[] = Array.from({ length: HISTORIES }, (_, index) =>
  fc.sample(histories({ prefix: `h${index}`, maxFacts: 60 }), { numRuns: 1, seed: index + 1 }),
).flatMap(([history]) => history!.facts);

const asFact = ({ source, id, name, subject, time, recorded, data }: OracleFact) =>
  ({ source, id, type: `it.mip.${name}.v1`, subject, time, recorded, accepted: recorded, data }) as Fact;

/** Facts that the replay of a funnel must leave out. */
const everything = (among: readonly OracleFact[]) =>
  JSON.stringify(oracleFunnel(among, { groupBy: [], filters: {} }, oracleCatalogue, 'monthly'));
/** A fact without which the funnel would be another. */
const counted = facts.find(
  (one) => everything(facts.filter((other) => other !== one)) !== everything(facts),
)!;

const times = { time: 1.6e12, recorded: 1.6e12, accepted: 1.6e12 };
const meeting: Fact = {
  ...{
    source: 's',
    id: 'o1',
    type: 'it.mip.meeting-held.v1',
    subject: 'h0j0',
    data: { venue: 'CPI-RIVOLI' },
  },
  ...times,
};
const contact: Fact = {
  ...{ source: 's', id: 'o2', type: 'it.mip.contact-handled.v1', data: { channel: 'phone' } },
  ...times,
};
const meetingTakenBack: Fact = {
  ...meeting,
  id: 'o3',
  subject: counted.subject,
  type: 'it.mip.retracted.v1',
  // A meeting's retraction is not for a journey: the journey's fact with that key must stay.
  data: { source: counted.source, id: counted.id, type: meeting.type, reason: 'other' },
};
const others = [meeting, contact, meetingTakenBack];

const revisions = new Map<string, number>();

/** Appends in this order; returns the positions. */
async function append(log: EventLog, added: readonly Fact[]): Promise<number[]> {
  const outcomes = await Promise.all(
    added.map((fact) => {
      const stream = streamOf(fact);
      const expectedRevision = revisions.get(stream) ?? NO_STREAM;
      revisions.set(stream, expectedRevision + 1);
      return log.append({ stream, expectedRevision, facts: [fact] });
    }),
  );
  return outcomes.flatMap((outcome) => {
    if (outcome.kind !== 'appended') throw new Error(outcome.kind);
    return outcome.positions;
  });
}

describe('replay', () => {
  const outside = process.env['TMPDIR'];
  let folder: string;
  let log: EventLog;
  let logUrl: string;
  let positions: number[];
  let upTo: number;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-audit-'));
    await mkdir(join(folder, 'tmp'));
    process.env['TMPDIR'] = join(folder, 'tmp');
    logUrl = `sqlite:${join(folder, 'log.db')}`;
    log = await openEventLog(logUrl, { mode: 'write' });
    positions = await append(log, facts.map(asFact));
    await append(log, others);
    upTo = await log.head();
  });

  afterEach(async () => {
    expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  });

  afterAll(async () => {
    if (outside === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = outside;
    await log.close();
    await rm(folder, { recursive: true });
  });

  it('gives what the definitions give for the log as it stood at any position', async () => {
    const kinds = fc.constantFrom<FunnelKind>('monthly', 'cumulative');
    const lengths = fc.oneof(fc.constant(facts.length), fc.nat(facts.length));
    // In memory, or by way of files.
    const atOnce = fc.constantFrom(undefined, 10);
    await fc.assert(
      fc.asyncProperty(questions(), kinds, lengths, atOnce, async (question, kind, length, factsAtOnce) => {
        const asOf = positions[length - 1] ?? 0;
        const selection = selectionOf(question);
        const answer = await withTemporaryFolder((files) =>
          replayFunnel({ log, selection, kind, catalogue, upTo: asOf, folder: files, factsAtOnce }),
        );
        const expected = oracleFunnel(facts.slice(0, length), question, oracleCatalogue, kind);
        expect(JSON.stringify(answer)).toBe(JSON.stringify({ ...expected, position: asOf }));
      }),
      { numRuns: 30 },
    );
  });

  it('gives the same from a thread of its own', async () => {
    const selection: Selection = { groupBy: ['territory'], filters: {} };
    const question = { groupBy: ['territory'], filters: {} };
    const answer = await runReplay({ logUrl, catalogue, selection, kind: 'monthly', upTo });
    expect(answer.totals.registered).toBeGreaterThan(0);
    expect(answer).toEqual({ ...oracleFunnel(facts, question, oracleCatalogue, 'monthly'), position: upTo });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const replay = runReplay({
      logUrl,
      catalogue,
      selection: ALL,
      kind: 'monthly',
      upTo,
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(new Error('enough')), 20);
    await expect(replay).rejects.toThrow('enough');
    const signal = AbortSignal.abort(new Error('not at all'));
    const never = runReplay({ logUrl, catalogue, selection: ALL, kind: 'monthly', upTo, signal });
    await expect(never).rejects.toThrow('not at all');
  });

  it('says by its own classes what it cannot do', async () => {
    const wide = { ...ALL, from: -700_000, to: 2_900_000 };
    const tooMuch = runReplay({ logUrl, catalogue, selection: wide, kind: 'monthly', upTo });
    await expect(tooMuch).rejects.toBeInstanceOf(MeasureError);
    const nowhere = `sqlite:${join(folder, 'nothing.db')}`;
    const missing = runReplay({ logUrl: nowhere, catalogue, selection: ALL, kind: 'monthly', upTo });
    await expect(missing).rejects.toBeInstanceOf(EventLogError);
    const noCatalogue = runReplay({
      logUrl,
      catalogue: { json: '{}' },
      selection: ALL,
      kind: 'monthly',
      upTo,
    });
    await expect(noCatalogue).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('leaves out no fact that it cannot read', async () => {
    const unreadable = { ...contact, id: 'bad', data: { channel: 'pigeon' } };
    const [position] = await append(log, [unreadable]);
    const replay = (asOf: number) =>
      runReplay({ logUrl, catalogue, selection: ALL, kind: 'monthly', upTo: asOf });
    await expect(replay(position!)).rejects.toThrow(ReplayError);
    await expect(replay(position!)).rejects.toThrow(String(position));
    await expect(replay(upTo)).resolves.toMatchObject({ position: upTo });
  });
});
