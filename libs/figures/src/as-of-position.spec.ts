import 'reflect-metadata';
import fc from 'fast-check';
import { fullType } from '#events';
import { type ModelRow } from '#read-models';
import { meetingTable } from './figure-models.js';
import { JourneyColumns } from './journey-columns.js';

interface Drawn {
  readonly group: string;
  readonly time: number;
  readonly recorded: number;
  /** Picks an earlier fact: this one takes it back. */
  readonly retracts: number | undefined;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  group: fc.constantFrom('a', 'b', 'c'),
  time: fc.nat(5),
  recorded: fc.nat(5),
  retracts: fc.option(fc.nat(), { nil: undefined, freq: 2 }),
});

function rowsOf(facts: readonly Drawn[], name: 'attended' | 'meeting-held'): ModelRow[] {
  const plain: ModelRow[] = [];
  return facts.map(({ group, time, recorded, retracts }, index) => {
    const target = retracts === undefined ? undefined : plain[retracts % Math.max(1, plain.length)];
    const own = target ? 'retracted' : name;
    const sent = [own, fullType(own), time, recorded, recorded, '/s', `e${index}`, target?.group ?? group];
    const data = target ? { source: '/s', id: String(target.cells[6]), reason: 'duplicate' } : { venue: 'V' };
    const row: ModelRow = {
      position: 3 * index + 1,
      sequence: 0,
      group: target?.group ?? group,
      cells: [...sent, target?.position ?? null, JSON.stringify(data), null],
    };
    if (!target) plain.push(row);
    return row;
  });
}

const cuts = fc.record({ until: fc.nat(6), knownAt: fc.nat(6) });
const stories = fc.array(drawn, { minLength: 1, maxLength: 30, size: 'max' });

describe('columns as of an earlier position', () => {
  it('show of journeys what they showed then', () => {
    const seen = (columns: JourneyColumns, cut: { until: number; knownAt: number; upTo?: number }) => {
      const { position, journeys } = columns.facts;
      const shown: Record<string, number[]> = {};
      columns.forEach(cut, (journey, rows, count) => {
        if (count > 0)
          shown[journeys.value(journey)] = Array.from(rows.subarray(0, count), (row) => position[row]!);
      });
      return shown;
    };
    fc.assert(
      fc.property(stories, cuts, fc.nat(100), (facts, cut, upTo) => {
        const rows = rowsOf(facts, 'attended');
        const [all, then] = [new JourneyColumns(4), new JourneyColumns(4)];
        all.append(rows);
        then.append(rows.filter(({ position }) => position <= upTo));
        expect(seen(all, { ...cut, upTo })).toEqual(seen(then, cut));
      }),
    );
  });

  it('show of meetings what they showed then', () => {
    fc.assert(
      fc.property(stories, cuts, fc.nat(100), (facts, cut, upTo) => {
        const rows = rowsOf(facts, 'meeting-held');
        const [all, then] = [meetingTable(), meetingTable()];
        all.append(rows);
        then.append(rows.filter(({ position }) => position <= upTo));
        const positions = (table: typeof all, end?: number) =>
          [...table.visible({ ...cut, upTo: end })].map(({ position }) => position);
        expect(positions(all, upTo)).toEqual(positions(then));
      }),
    );
  });
});
