import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endOfDay, parseDay } from '#calendar';
import { loadCatalogue } from '#catalogue';
import { type FigureAnswer } from '#figures';
import { type DemoEvent, demoHistory } from '#history';
import { type Selection } from '#measures';
import { nowcast, PENDING } from '#survival';
import { type OracleFact } from './oracle/oracle-facts.js';
import { oracleOpenDays, oracleOutcome, oracleParticipants, oracleSample } from './oracle/oracle-nowcast.js';
import { EmbeddedSystem } from './support/embedded-system.js';

const END = '2020-12-31';
const endOf2020 = endOfDay(parseDay(END)!);
const YEAR = { from: parseDay('2020-01-01'), to: parseDay(END) };
const STAGES = { fromStage: 'attended', toStage: 'saChosen' } as const;

/** A document in one line, tables without padding. */
const words = (file: string) =>
  readFileSync(join(import.meta.dirname, '..', file), 'utf8').replace(/\s+/g, ' ');
const README = words('README.md');
const METHOD = words('docs/nowcast.md');
const MEASURES = words('docs/measures.md');

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
const then: { gross?: FigureAnswer; net?: FigureAnswer; backtest?: FigureAnswer } = {};

function ask(figure: 'nowcast' | 'nowcast-backtest', net: boolean, cut: Partial<Selection> = {}) {
  const selection = { ...YEAR, groupBy: [], filters: {}, ...cut };
  return system.ask({ figure, selection, ...STAGES, net });
}

const told = ({ items, totals, findings }: FigureAnswer) => ({ items, totals, findings });

beforeAll(async () => {
  system = await EmbeddedSystem.open({ clock: () => now });
  await send(-Infinity, endOf2020);
  then.gross = await ask('nowcast', false);
  then.net = await ask('nowcast', true);
  then.backtest = await ask('nowcast-backtest', true, { from: undefined, to: undefined });
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

  it('stands beside what 2021 brought, in README.md and docs/nowcast.md too', async () => {
    const gross = await ask('nowcast', false, { knownAt: endOf2020 });
    const net = await ask('nowcast', true, { knownAt: endOf2020 });
    const { items } = await ask('nowcast-backtest', false);
    const since = items.find(({ knownAt }) => knownAt === END)!;
    expect([gross.totals['size'], gross.totals['pending'], since['pending']]).toEqual([1443, 572, 572]);
    const rows = [
      ['had chosen an SA already', 'alreadyConverted', 'recordedConverted'],
      ['had been lost already', 'alreadyLost', 'recordedLost'],
      ['choose an SA in the end', 'eventuallyConverted', 'recordedEventually'],
    ].map(([words, name, recorded]) => {
      const cells = [gross, net].map(({ totals }) => cell(totals[name!]));
      return `| ${words} | ${cells.join(' | ')} | ${String(since[recorded!])} |`;
    });
    for (const text of [METHOD, README]) for (const row of rows) expect(text).toContain(row);
    const inShort = (value: unknown) => {
      const { expected, low95, high95 } = value as Limits;
      return [expected.toFixed(1), low95, high95] as const;
    };
    const [chosen, low, high] = inShort(net.totals['alreadyConverted']);
    expect(MEASURES).toContain(`${chosen} (95 %: ${low} to ${high}) had chosen already`);
    const [lost, least, most] = inShort(net.totals['alreadyLost']);
    expect(MEASURES).toContain(`${lost} (${least} to ${most}) had been lost`);
    const [later, from, to] = inShort(net.totals['eventuallyConverted']);
    expect(MEASURES).toContain(
      `${later} (${from} to ${to}) choose in the end; 0, 95 and 150 are on record since`,
    );
    expect(METHOD).toContain('Of the 1,443 participants of 2020, 572 were pending');
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
      months: 56,
      alreadyConverted: { compared: 37, within80: 34, within95: 36 },
      alreadyLost: { compared: 34, within80: 23, within95: 27 },
      eventuallyConverted: { compared: 44, within80: 15, within95: 19 },
    });
    for (const day of ['2018-09-30', '2019-06-30', '2020-08-31', END]) {
      const row = items.find(({ knownAt }) => knownAt === day)!;
      const end = endOfDay(parseDay(day)!);
      const pending = oracleParticipants(facts, end, catalogue).filter(({ outcome }) => outcome === PENDING);
      const cast = await ask('nowcast', true, { from: undefined, to: undefined, knownAt: end });
      const { horizonDays } = cast.findings!['basis'] as { horizonDays: number };
      const isForecast = (entry: { day: string }) => oracleOpenDays(entry.day, day, closures) < horizonDays;
      expect(row).toMatchObject({ pending: pending.length, ...oracleOutcome(pending, end, isForecast) });
      expect(cast.totals['beyondHorizon']).toBe(pending.filter(({ entry }) => !isForecast(entry)).length);
      const { alreadyConverted, alreadyLost, eventuallyConverted } = cast.totals;
      expect(row).toMatchObject({ alreadyConverted, alreadyLost, eventuallyConverted });
    }
  });

  it('has the rows that it had at the end of 2020, but for what became of the pending', () => {
    const forecasts = ({ items }: FigureAnswer) =>
      items.map(
        ({ knownAt, pending, beyondHorizon, alreadyConverted, alreadyLost, eventuallyConverted }) => ({
          ...{ knownAt, pending, beyondHorizon, alreadyConverted, alreadyLost, eventuallyConverted },
        }),
      );
    const rows = forecasts(then.backtest!);
    expect(rows.at(-1)).toMatchObject({ knownAt: '2020-11-30' });
    expect(rows).toEqual(forecasts(backtest).slice(0, rows.length));
  });

  it('holds as often as docs/nowcast.md tells', async () => {
    const gross = await ask('nowcast-backtest', false, { from: undefined, to: undefined });
    for (const name of ['alreadyConverted', 'alreadyLost', 'eventuallyConverted']) {
      const cells = [gross, backtest].map(({ totals }) => {
        const { within80, within95, compared } = totals[name] as Record<string, number>;
        return `${within80}, ${within95} of ${compared}`;
      });
      expect(METHOD).toContain(`| \`${name}\` | ${cells.join(' | ')} |`);
    }
    const august = gross.items.find(({ knownAt }) => knownAt === '2020-08-31')!;
    const { expected, low95, high95 } = august['eventuallyConverted'] as Limits;
    expect(METHOD).toContain(
      `The gross forecast of that day was ${expected.toFixed(0)}, ${low95} to ${high95}.`,
    );
  }, 240_000);

  it('foresees what the reopening brings, net of the suspension, and not a backlog that nobody had seen', async () => {
    const { items } = backtest;
    const august = items.find(({ knownAt }) => knownAt === '2020-08-31') as Record<string, Limits & number>;
    expect(within(august['eventuallyConverted']!, august['recordedEventually']!)).toBe(true);
    expect(cell(august['eventuallyConverted'])).toBe('561.2, 532 to 595, 517 to 611');
    expect(august['recordedEventually']).toBe(582);
    const told = `561 of them, 517 to 611 (95 %), were expected to choose; ${String(august['recordedEventually'])} did`;
    expect(METHOD).toContain(told);
    expect(README).toContain('it expects 561 of 1,148 to choose (95 %: 517 to 611); 582 did');
    expect(august['pending']).toBe(1148);
    const december = items.find(({ knownAt }) => knownAt === END) as Record<string, Limits & number>;
    expect(within(december['alreadyLost']!, december['recordedLost']!)).toBe(false);
  });
});

interface Limits {
  readonly expected: number;
  readonly low80: number;
  readonly high80: number;
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

/** A forecast as the tables of the documents write it. */
function cell(value: unknown): string {
  const { expected, low80, high80, low95, high95 } = value as Limits;
  return `${expected.toFixed(1)}, ${low80} to ${high80}, ${low95} to ${high95}`;
}
