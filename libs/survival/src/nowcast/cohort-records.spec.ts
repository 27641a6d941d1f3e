import fc from 'fast-check';
import { CohortRecords, type Records } from './cohort-records.js';
import { OpenDays } from './open-days.js';
import { CONVERTED, LOST, type NowcastSample, PENDING, WHOLE } from './sample.js';

const TODAY = 60;

const member = fc
  .record({
    entry: fc.integer({ min: 0, max: TODAY }),
    outcome: fc.constantFrom(PENDING, CONVERTED, LOST),
    took: fc.nat(40),
    late: fc.integer({ min: -1, max: 30 }),
  })
  .map(({ entry, outcome, took, late }) => {
    const day = Math.min(TODAY, entry + took);
    return { entry, outcome, day, recorded: Math.min(TODAY, day + late), cohort: Math.floor(entry / 10) };
  });
const closure = fc.record({ from: fc.nat(TODAY), length: fc.nat(20) });

function sampleOf(
  members: readonly (typeof member extends fc.Arbitrary<infer T> ? T : never)[],
  { from, length }: { from: number; length: number },
): NowcastSample {
  const column = (name: 'entry' | 'day' | 'recorded' | 'cohort') =>
    Int32Array.from(members, (one) => one[name]);
  return {
    observedTo: TODAY,
    recordedTo: TODAY,
    entry: column('entry'),
    outcome: Uint8Array.from(members, ({ outcome }) => outcome),
    day: column('day'),
    recorded: column('recorded'),
    cohort: column('cohort'),
    clock: new OpenDays(0, TODAY, [{ from, to: from + length - 1 }]),
  };
}

/** Counts that are not zero: from which entry on there is room for them does not matter. */
const told = ({ conversions, losses, conversionDelays, lossDelays, pending }: Records) => ({
  counts: [
    ...[conversions.events, conversions.ends, losses.events, losses.ends],
    ...[conversionDelays.facts, conversionDelays.limits, lossDelays.facts, lossDelays.limits],
  ].map((values) => [...values.entries()].filter(([, count]) => count !== 0)),
  pending: [...pending].sort(([a], [b]) => a - b),
});

describe('the records of part of a sample', () => {
  it('are those of a sample of these cohorts alone', () => {
    fc.assert(
      fc.property(
        fc.array(member, { minLength: 1, maxLength: 80 }),
        closure,
        fc.subarray([0, 1, 2, 3, 4, 5, 6]),
        (members, closed, cohorts) => {
          const part = (cohort: number) => cohorts.includes(cohort);
          const alone = members.filter(({ cohort }) => part(cohort));
          expect(told(new CohortRecords(sampleOf(members, closed)).of(part))).toEqual(
            told(new CohortRecords(sampleOf(alone, closed)).of(WHOLE)),
          );
        },
      ),
    );
  });
});
