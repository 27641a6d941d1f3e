import 'reflect-metadata';
import { endOfDay, parseDay } from '#calendar';
import { loadCatalogue } from '#catalogue';
import { type FigureAnswer } from '#figures';
import { type DemoEvent, demoHistory } from '#history';
import { type Selection } from '#measures';
import { nowcast, PENDING } from '#survival';
import { type OracleFact } from './oracle/oracle-facts.js';
import { oracleOutcome, oracleParticipants, oracleSample } from './oracle/oracle-nowcast.js';
import { EmbeddedSystem } from './support/embedded-system.js';

const END = '2020-12-31';
const endOf2020 = endOfDay(parseDay(END)!);
const YEAR = { from: parseDay('2020-01-01'), to: parseDay(END) };
const STAGES = { fromStage: 'attended', toStage: 'saChosen' } as const;

const history = demoHistory();
const { facts, catalogue } = { facts: history.map(oracleFact), catalogue: loadCatalogue().describe() };
const closures = catalogue.suspensions.filter(({ stage }) => stage === 'saChosen');

function oracleFact(event: DemoEvent, order: number): OracleFact {
  const name = event.type.split('.')[2]!;
  return { ...event, name, order, time: Date.parse(event.time), recorded: Date.parse(event.recordedtime) };
}

/** Sends what was recorded between two instants, the second included, some thousand facts at a time. */
async function send(after: number, upTo: number): Promise<void> {
  const events = history.filter(({ recordedtime }) => {
    const recorded = Date.parse(recordedtime);
    return recorded > after && recorded <= upTo;
  });
  for (let first = 0; first < events.length; first += 5000) {
    await system.send(events.slice(first, first + 5000));
  }
}

let system: EmbeddedSystem;
let now = endOf2020;
/** What was answered when nothing of 2021 had been recorded. */
const then: { gross?: FigureAnswer; net?: FigureAnswer } = {};

function ask(figure: 'nowcast' | 'nowcast-backtest', net: boolean, cut: Partial<Selection> = {}) {
  const selection = { ...YEAR, groupBy: [], filters: {}, ...cut };
  return system.ask({ figure, selection, ...STAGES, net });
}

const told = ({ items, totals, findings }: FigureAnswer) => ({ items, totals, findings });

beforeAll(async () => {
  system = await EmbeddedSystem.open(() => now);
  await send(-Infinity, endOf2020);
  then.gross = await ask('nowcast', false);
  then.net = await ask('nowcast', true);
  now = Date.parse('2026-11-24T12:00:00Z');
  await send(endOf2020, Infinity);
}, 240_000);

afterAll(() => system?.close());

describe('the nowcast of the last day of 2020', () => {
  it.each([false, true])('rests on nothing that was recorded later (net: %s)', async (net) => {
    const later = await ask('nowcast', net, { knownAt: endOf2020 });
    expect(told(later)).toEqual(told((net ? then.net : then.gross)!));
  });

  it.each([false, true])('is that of plain loops over the facts (net: %s)', async (net) => {
    const people = oracleParticipants(facts, endOf2020, catalogue);
    const sample = oracleSample(people, END, net ? closures : []);
    const pending = new Map<number, number>();
    people.forEach(({ outcome, entry }, i) => {
      if (outcome !== PENDING || !entry.day.startsWith('2020')) return;
      pending.set(sample.entry[i]!, (pending.get(sample.entry[i]!) ?? 0) + 1);
    });
    const { nowcasts, basis } = nowcast(sample, [pending]);
    const answer = await ask('nowcast', net, { knownAt: endOf2020 });
    expect(answer.totals).toMatchObject(rounded({ ...nowcasts[0]! }));
    expect(answer.findings).toMatchObject({ observationEnd: END, basis: rounded({ ...basis }) });
  });

  it('stands beside what 2021 brought: the figures of docs/nowcast.md', async () => {
    const gross = await ask('nowcast', false, { knownAt: endOf2020 });
    expect(shortly(gross.totals)).toEqual({
      pending: 572,
      alreadyConverted: '3.5 [0–7] [0–11]',
      alreadyLost: '5.8 [2–10] [1–12]',
      eventuallyConverted: '143.1 [30–284] [10–371]',
    });
    const net = await ask('nowcast', true, { knownAt: endOf2020 });
    expect(shortly(net.totals)).toEqual({
      pending: 572,
      alreadyConverted: '4.5 [2–8] [1–10]',
      alreadyLost: '5.8 [1–11] [0–15]',
      eventuallyConverted: '36.5 [23–52] [17–61]',
    });
    const { items } = await ask('nowcast-backtest', false);
    const { recordedConverted, recordedLost, recordedEventually } = items.find(
      ({ knownAt }) => knownAt === END,
    ) as Record<string, unknown>;
    expect({ recordedConverted, recordedLost, recordedEventually }).toEqual({
      recordedConverted: 0,
      recordedLost: 95,
      recordedEventually: 150,
    });
  });
});

describe('the backtest', () => {
  let backtest: FigureAnswer;

  beforeAll(async () => {
    backtest = await ask('nowcast-backtest', true, { from: undefined, to: undefined });
  }, 120_000);

  it('repeats the nowcast of each month end, and tells what all facts tell of the pending', async () => {
    const { items, totals } = backtest;
    expect(items.length).toBe(totals['months']);
    expect(totals).toMatchObject({
      months: 57,
      alreadyConverted: { compared: 46, within80: 43, within95: 45 },
      alreadyLost: { compared: 35, within80: 22, within95: 28 },
      eventuallyConverted: { compared: 46, within80: 11, within95: 16 },
    });
    for (const day of ['2018-09-30', '2019-06-30', '2020-08-31', END]) {
      const row = items.find(({ knownAt }) => knownAt === day)!;
      const end = endOfDay(parseDay(day)!);
      const pending = oracleParticipants(facts, end, catalogue).filter(({ outcome }) => outcome === PENDING);
      expect(row).toMatchObject({ pending: pending.length, ...oracleOutcome(pending, end) });
      const cast = await ask('nowcast', true, { from: undefined, to: undefined, knownAt: end });
      const { alreadyConverted, alreadyLost, eventuallyConverted } = cast.totals;
      expect(row).toMatchObject({ alreadyConverted, alreadyLost, eventuallyConverted });
    }
  });

  it('foresees what the reopening brings, net of the suspension, and not a backlog that nobody had seen', async () => {
    const { items } = backtest;
    const august = items.find(({ knownAt }) => knownAt === '2020-08-31') as Record<string, Limits & number>;
    expect(within(august['eventuallyConverted']!, august['recordedEventually']!)).toBe(true);
    expect(shortly(august).eventuallyConverted).toBe('561.2 [532–590] [517–606]');
    expect(august['recordedEventually']).toBe(582);
    const december = items.find(({ knownAt }) => knownAt === END) as Record<string, Limits & number>;
    expect(within(december['alreadyLost']!, december['recordedLost']!)).toBe(false);
  });
});

interface Limits {
  readonly expected: number;
  readonly low95: number;
  readonly high95: number;
}

const within = ({ low95, high95 }: Limits, count: number) => low95 <= count && count <= high95;

/** Sums over people come in another order here: equal but for the last digits. */
function rounded(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      typeof one === 'number'
        ? (expect.closeTo(one, 6) as unknown)
        : one !== null && typeof one === 'object'
          ? rounded(one as Record<string, unknown>)
          : one,
    ]),
  );
}

/** `expected [low80–high80] [low95–high95]`. */
function shortly(totals: Readonly<Record<string, unknown>>) {
  const text = (name: string) => {
    const { expected, low80, high80, low95, high95 } = totals[name] as Record<string, number>;
    return `${expected!.toFixed(1)} [${low80}–${high80}] [${low95}–${high95}]`;
  };
  return {
    pending: totals['pending'],
    alreadyConverted: text('alreadyConverted'),
    alreadyLost: text('alreadyLost'),
    eventuallyConverted: text('eventuallyConverted'),
  };
}
