import { isoMonth, parseInstant } from '#calendar';
import { loadCatalogue } from '#catalogue';
import { type FactName, STAGE_ORDER } from '#events';
import {
  type MeasuredFact,
  MAX_ROWS,
  noAges,
  MonthAges,
  SettlingTimes,
  triangle,
  Triangle,
} from './index.js';

const catalogue = loadCatalogue();
const PAIR = { fromStage: 'attended', toStage: 'saChosen', net: false } as const;
const at = (text: string) => parseInstant(text)!;

/** A fact of a journey of its own, recorded when it happened unless told otherwise. */
function fact(name: FactName, time: string, recorded = time): MeasuredFact {
  return {
    name,
    type: `it.mip.${name}.v1`,
    source: 'https://area-web.example',
    id: `${name}-${time}`,
    subject: 'j-1',
    time: at(time),
    recorded: at(recorded),
    position: STAGE_ORDER.indexOf(name) + 1,
    data: name === 'attended' ? { venue: 'CPI-RIVOLI' } : { sa: 'IZI-TORINO' },
  } as MeasuredFact;
}

describe('the run-off triangle', () => {
  const november = [[fact('attended', '2020-11-10T10:00:00+01:00')]];
  const LONG_AFTER = at('2022-01-15T12:00:00+01:00');
  const complete = (cuts: { until?: string; knownAt?: string; now?: string }) => {
    const { until, knownAt, now } = cuts;
    const selection = {
      groupBy: [],
      filters: {},
      ...(until ? { until: at(until) } : {}),
      ...(knownAt ? { knownAt: at(knownAt) } : {}),
    };
    const { items } = triangle(november, selection, catalogue, PAIR, now ? at(now) : LONG_AFTER);
    return items[0]!.cells[0]!.complete;
  };

  it('takes a month for over with its last millisecond, not when its last day begins', () => {
    for (const cut of ['until', 'knownAt', 'now'] as const) {
      expect([cut, complete({ [cut]: '2020-11-30T00:00:00+01:00' })]).toEqual([cut, false]);
      expect([cut, complete({ [cut]: '2020-11-30T23:59:59.998+01:00' })]).toEqual([cut, false]);
      expect([cut, complete({ [cut]: '2020-11-30T23:59:59.999+01:00' })]).toEqual([cut, true]);
    }
  });

  it('tells which cells may still grow by what is recorded later', () => {
    // Twenty choices, each recorded 40 days after, and as many attendances, recorded at once.
    const journeys = Array.from({ length: 20 }, (_, i) => [
      fact('attended', `2020-09-0${1 + (i % 9)}T10:00:00+02:00`),
      fact('sa-chosen', `2020-09-10T10:00:00+02:00`, `2020-10-20T10:00:00+02:00`),
    ]);
    const recorded = (cuts: { until?: number; knownAt: number }) => {
      const { items, totals } = triangle(
        journeys,
        { groupBy: [], filters: {}, ...cuts },
        catalogue,
        PAIR,
        LONG_AFTER,
      );
      expect(totals.cells.every((cell, age) => cell.recorded === items[0]!.cells[age]!.recorded)).toBe(true);
      return items[0]!.cells.map((cell) => cell.recorded);
    };
    const endOf = (day: string) => at(`${day}T23:59:59.999+01:00`);
    // September is known 40 days after its last day, October 40 days after that.
    expect(recorded({ knownAt: endOf('2020-11-08') })).toEqual([false, false, false]);
    expect(recorded({ knownAt: endOf('2020-11-09') - 1 })).toEqual([false, false, false]);
    expect(recorded({ knownAt: endOf('2020-11-09') })).toEqual([true, false, false]);
    expect(recorded({ knownAt: endOf('2020-12-10') })).toEqual([true, true, false, false]);
    // What happened after `until` does not count, and so needs no waiting for.
    expect(recorded({ until: at('2020-10-05T12:00:00+02:00'), knownAt: endOf('2020-11-13') })).toEqual([
      true,
      false,
    ]);
    expect(recorded({ until: at('2020-10-05T12:00:00+02:00'), knownAt: endOf('2020-11-14') })).toEqual([
      true,
      true,
    ]);
  });

  it('refuses more cells than an answer may have rows', () => {
    const selection = { groupBy: [], filters: {} };
    const known = { settling: new SettlingTimes({}, LONG_AFTER), now: LONG_AFTER };
    const shape = new Triangle(new MonthAges(catalogue, PAIR), selection, PAIR, known);
    const month = 2012 * 12;
    const ages = 10 * 12 + 1;
    const rows = (count: number) =>
      Array.from({ length: count }, () => ({
        names: { month: isoMonth(month) },
        value: { month, counts: noAges() },
      }));
    const most = Math.floor(MAX_ROWS / ages);
    expect(shape.rows(rows(most))).toHaveLength(most);
    expect(() => shape.rows(rows(most + 1))).toThrow(`more than ${MAX_ROWS} rows (${(most + 1) * ages})`);
  });
});
