import * as fc from 'fast-check';
import { lastDayOfMonth, monthOfDay, romeDay } from '#calendar';
import { apportion, apportionOverTime, deal } from './apportion.js';
import { demoHistory, reportFigures as report } from './index.js';
import { matchMonths } from './match-months.js';
import { PlanError } from './plan.error.js';
import { Rng } from './rng.js';
import { type Seen, entries, table, visible } from './spec/read-history.js';
import { dayOf, officeMoment, wakingMoment, wallClock } from './working-time.js';

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const weights = fc
  .array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 12 })
  .filter((list) => sum(list) > 0);
const total = fc.integer({ min: 0, max: 5000 });
const seed = fc.string({ minLength: 1, maxLength: 8 });
const anyDay = fc.integer({ min: dayOf('2017-01-01'), max: dayOf('2021-12-01') });

describe('any seed', () => {
  it('gives the same printed tables with other people', () => {
    const code = (key: string) => (fact: Seen) => fact.data[key] as string;
    const venues = report.venues.map((venue) => venue.code);
    const sas = report.providers.map((sa) => sa.code);
    fc.assert(
      fc.property(seed, (value) => {
        const seen = visible(demoHistory(value), '2020-12-31', '2020-12-31');
        const chosen = entries(seen, 'sa-chosen');
        const autumn = report.table7_choices.months;
        expect(
          table(
            entries(seen, 'registered'),
            Object.keys(report.table2_registered),
            report.months,
            code('territory'),
          ),
        ).toEqual(report.table2_registered);
        expect(table(entries(seen, 'attended'), venues, report.months, code('venue'))).toEqual(
          report.table3_participants,
        );
        expect(table(chosen, sas, autumn, code('sa'))).toEqual(report.table7_choices.by_provider);
        expect(chosen.filter(({ returning }) => returning).length).toBe(187);
        expect(table(entries(seen, 'pds-signed'), sas, autumn, code('sa'))).toEqual(
          report.table9_pacts.by_provider,
        );
      }),
      { numRuns: 4 },
    );
  });
});

describe('sharing out', () => {
  it('gives everything, each share within one of its exact size', () => {
    fc.assert(
      fc.property(total, weights, (amount, by) => {
        for (const shares of [apportion(amount, by), apportionOverTime(amount, by)]) {
          expect(sum(shares)).toBe(amount);
          shares.forEach((share, index) =>
            expect(Math.abs(share - (amount * by[index]!) / sum(by))).toBeLessThanOrEqual(1),
          );
        }
      }),
    );
  });

  it('keeps a running total under another one that is nowhere below it', () => {
    fc.assert(
      fc.property(
        total,
        weights,
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 12, maxLength: 12 }),
        (amount, by, extra) => {
          const running = (numbers: readonly number[]) =>
            numbers.map((_, index) => sum(numbers.slice(0, index + 1)));
          // The larger row has a larger total and comes earlier: its running exact share is nowhere smaller.
          const larger = apportionOverTime(
            amount + extra[0]!,
            [...by].sort((a, b) => b - a),
          );
          const smaller = apportionOverTime(
            amount,
            [...by].sort((a, b) => a - b),
          );
          const upper = running(larger);
          running(smaller).forEach((count, index) => expect(count).toBeLessThanOrEqual(upper[index]!));
        },
      ),
    );
  });

  it('deals a list out without losing or doubling anything, and refuses to deal more than there is', () => {
    expect(deal([1, 2, 3, 4], [1, 2])).toEqual([[1], [2, 3], [4]]);
    expect(() => deal([1], [2])).toThrow(PlanError);
  });
});

describe('who takes which place', () => {
  const months = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), {
    minLength: 8,
    maxLength: 8,
  });

  it('never lets somebody in before they registered, uses nobody twice, and fails only when nobody is left', () => {
    fc.assert(
      fc.property(seed, months, (value, numbers) => {
        const registered = new Map(numbers.map(([count], month) => [month, count]));
        const places = numbers.flatMap(([, count], month) => Array<number>(count).fill(month));
        const running = (index: 0 | 1, until: number) =>
          sum(numbers.slice(0, until + 1).map((pair) => pair[index]));
        const feasible = numbers.every((_, month) => running(0, month) >= running(1, month));
        const match = () => matchMonths(new Rng(value), places, registered);
        if (!feasible) return expect(match).toThrow(PlanError);
        const { taken, left } = match();
        taken.forEach((month, index) => expect(month).toBeLessThanOrEqual(places[index]!));
        for (const [month, count] of registered) {
          expect(taken.filter((one) => one === month).length + left.get(month)!).toBe(count);
        }
      }),
    );
  });
});

describe('time and chance', () => {
  it('puts the clock of Rome where it is wanted, on days of every length', () => {
    const clock = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Rome',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    const changes = ['2019-03-31', '2019-10-27', '2020-03-29', '2020-10-25'].map(dayOf);
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...changes), anyDay),
        fc.integer({ min: 180, max: 1439 }),
        (day, minute) => {
          const hours = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
          const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
          expect(clock.format(wallClock(day, minute))).toBe(`${date} ${hours}`);
        },
      ),
    );
  });

  it('stays within the range that it is given', () => {
    fc.assert(
      fc.property(seed, anyDay, fc.integer({ min: 0, max: 40 * 86_400_000 }), (value, day, span) => {
        const from = wallClock(day, 600);
        const moment = wakingMoment(new Rng(value), from, from + span);
        expect(moment).toBeGreaterThanOrEqual(from);
        expect(moment).toBeLessThanOrEqual(from + span);
        const office = romeDay(officeMoment(new Rng(value), day, lastDayOfMonth(monthOfDay(day)) + 10));
        expect(office).toBeGreaterThanOrEqual(day);
      }),
    );
  });

  it('repeats itself for a seed, and parts of it do not disturb one another', () => {
    const numbers = (rng: Rng) => Array.from({ length: 5 }, () => rng.next());
    const first = new Rng('one');
    const part = first.part('a');
    expect(numbers(new Rng('one'))).toEqual(numbers(first));
    expect(numbers(new Rng('one').part('a'))).toEqual(numbers(part));
    expect(numbers(new Rng('two'))).not.toEqual(numbers(new Rng('one')));
  });

  it('picks by weight alone, and never what weighs nothing', () => {
    const rng = new Rng('weights');
    const counts = [0, 0, 0];
    for (let draw = 0; draw < 3000; draw++) counts[rng.weighted([1, 0, 3])!]!++;
    expect(counts[1]).toBe(0);
    expect(counts[2]! / counts[0]!).toBeGreaterThan(2.5);
    expect(counts[2]! / counts[0]!).toBeLessThan(3.5);
    expect(rng.weighted([0, 0])).toBeUndefined();
  });
});
