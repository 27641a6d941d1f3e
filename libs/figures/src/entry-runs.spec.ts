import fc from 'fast-check';
import { endOfDay, monthOfDay, startOfDay } from '#calendar';
import { STAGES } from '#events';
import { GROUP_KEYS } from '#measures';
import { type ModelRow } from '#read-models';
import { type EntryQuery } from './entry-query.js';
import { EntryRuns } from './entry-runs.js';

/** An entry that holds from one recorded instant to another. */
interface Held {
  stage: number;
  day: number;
  time: number;
  begin: number;
  end: number;
  returning: number;
  dimensions: string[];
}

/** 2019-12-31. Sixty days on, and so among the days of the entries, is 29 February: another last day of a month. */
const FIRST_DAY = 18_261;
const RECORDED = startOfDay(FIRST_DAY);
const VALUES = [
  ['TO', 'CN', 'unknown'],
  ['V1', 'V2', 'V3', 'none'],
  ['in_person', 'online', 'none'],
  ['S1', 'S2', 'none'],
  ['F', 'M', 'unknown'],
  ['none', 'unknown'],
  ['student', 'unknown'],
];

// Few instants, so that cut-offs often fall exactly on one.
const entryDay = fc.nat(15).map((n) => FIRST_DAY + 5 * n);
const entryHour = fc.constantFrom(0, 9, 23);

const held: fc.Arbitrary<Held> = fc
  .record({
    stage: fc.integer({ min: 0, max: 3 }),
    day: entryDay,
    hour: entryHour,
    begin: fc.integer({ min: 0, max: 60 }),
    length: fc.option(fc.integer({ min: 0, max: 40 }), { nil: Infinity }),
    returning: fc.integer({ min: 0, max: 1 }),
    dimensions: fc.tuple(...VALUES.map((values) => fc.constantFrom(...values))),
  })
  .map(({ day, hour, begin, length, ...rest }) => ({
    ...rest,
    day,
    time: startOfDay(day) + hour * 3_600_000,
    begin: RECORDED + begin,
    end: RECORDED + begin + length,
  }));

function rowsOf(entry: Held, position: number): ModelRow[] {
  const row = (sequence: number, recorded: number, delta: number): ModelRow => ({
    position,
    sequence,
    group: 'j',
    cells: [
      STAGES[entry.stage]!,
      '2020-2022',
      entry.day,
      entry.time,
      recorded,
      delta,
      entry.returning,
      ...entry.dimensions,
    ],
  });
  const begins = row(0, entry.begin, 1);
  return entry.end === Infinity ? [begins] : [begins, row(1, entry.end, -1)];
}

const query: fc.Arbitrary<EntryQuery> = fc.record({
  stages: fc.subarray([0, 1, 2, 3], { minLength: 1 }),
  from: fc.oneof(fc.constant(-Infinity), fc.integer({ min: FIRST_DAY, max: FIRST_DAY + 75 })),
  to: fc.oneof(fc.constant(Infinity), fc.integer({ min: FIRST_DAY, max: FIRST_DAY + 75 })),
  until: fc.oneof(
    fc.constant(Infinity),
    fc.integer({ min: FIRST_DAY, max: FIRST_DAY + 75 }).map(endOfDay),
    fc
      .tuple(entryDay, entryHour, fc.constantFrom(-1, 0))
      .map(([day, hour, millisecond]) => startOfDay(day) + hour * 3_600_000 + millisecond),
  ),
  knownAt: fc.oneof(
    fc.constant(Infinity),
    fc.integer({ min: 0, max: 100 }).map((offset) => RECORDED + offset),
  ),
  groupBy: fc.subarray([0, 1, 2, 3, 4, 5, 6], { maxLength: 3 }),
  filters: fc.subarray([0, 1, 2, 3, 4, 5, 6], { maxLength: 2 }).chain((dimensions) =>
    fc.tuple(
      ...dimensions.map((dimension) =>
        fc.record({
          dimension: fc.constant(dimension),
          values: fc.subarray([...VALUES[dimension]!, 'never-seen'], { minLength: 1 }),
        }),
      ),
    ),
  ),
});

/** Counts by looking at every entry. */
function naive(entries: readonly Held[], q: EntryQuery): Record<string, number> {
  const counts: Record<string, number> = {};
  const count = (key: string) => (counts[key] = (counts[key] ?? 0) + 1);
  for (const entry of entries) {
    const visible = entry.begin <= q.knownAt && q.knownAt < entry.end && entry.time <= q.until;
    // An entry that ends at infinity is still there at a cut-off that lies at infinity.
    const always = q.knownAt === Infinity && entry.end === Infinity && entry.time <= q.until;
    if (!(visible || always) || entry.day < q.from || entry.day > q.to) continue;
    if (!q.stages.includes(entry.stage)) continue;
    if (!q.filters.every(({ dimension, values }) => values.includes(entry.dimensions[dimension]!))) continue;
    const group = q.groupBy.map((dimension) => entry.dimensions[dimension]).join('|');
    const key = `${monthOfDay(entry.day)} ${entry.stage} ${group}`;
    count(key);
    if (entry.returning === 1) count(`${key} returning`);
  }
  return counts;
}

function counted(runs: EntryRuns, q: EntryQuery): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const cell of runs.count(q)) {
    cell.counts.forEach((count, stage) => {
      const key = `${cell.month} ${stage} ${cell.group.join('|')}`;
      if (count > 0) counts[key] = count;
      if (cell.returning[stage]! > 0) counts[`${key} returning`] = cell.returning[stage]!;
    });
  }
  return counts;
}

describe('EntryRuns', () => {
  it('has the seven dimensions that the tests give values to', () => {
    expect(GROUP_KEYS).toHaveLength(VALUES.length);
  });

  it('counts what a look at every entry counts, whatever the order of arrival', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(held, { maxLength: 30 }), { maxLength: 4 }),
        fc.array(query, { minLength: 1, maxLength: 4 }),
        (pages, queries) => {
          const runs = new EntryRuns();
          const entries: Held[] = [];
          for (const page of pages) {
            runs.append(page.flatMap((entry, i) => rowsOf(entry, i + 1)));
            entries.push(...page);
            for (const q of queries) expect(counted(runs, q)).toEqual(naive(entries, q));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps its running counts right when steps are put in before them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(held, { minLength: 600, maxLength: 900, size: 'max' }), {
          minLength: 2,
          maxLength: 3,
        }),
        fc.array(query, { minLength: 2, maxLength: 5 }),
        (pages, queries) => {
          const runs = new EntryRuns();
          const entries: Held[] = [];
          for (const page of pages) {
            // One stage and month only, so that the run is longer than several checkpoints.
            const dense = page.map((entry) => ({
              ...entry,
              stage: 0,
              day: FIRST_DAY,
              time: startOfDay(FIRST_DAY),
            }));
            runs.append(dense.flatMap((entry, i) => rowsOf(entry, i + 1)));
            entries.push(...dense);
            for (const q of queries) {
              const whole = { ...q, from: -Infinity, to: Infinity, until: Infinity };
              expect(counted(runs, whole)).toEqual(naive(entries, whole));
            }
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it('cuts the last day of a month at an instant', () => {
    const runs = new EntryRuns();
    const dimensions = VALUES.map(([value]) => value!);
    const hours = [8, 20].map((hour) => startOfDay(FIRST_DAY) + hour * 3_600_000);
    const entries = hours.map((time) => {
      return { stage: 0, day: FIRST_DAY, time, begin: RECORDED, end: Infinity, returning: 0, dimensions };
    });
    runs.append(entries.flatMap((entry, i) => rowsOf(entry, i + 1)));
    const open = { stages: [0], from: -Infinity, to: Infinity, knownAt: Infinity, groupBy: [], filters: [] };
    const upTo = (until: number) => runs.count({ ...open, until })[0]?.counts[0];
    expect([hours[0]! - 1, hours[0]!, hours[1]! - 1, hours[1]!].map(upTo)).toEqual([undefined, 1, 1, 2]);
  });
});
