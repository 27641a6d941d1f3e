import { DAY_MS, romeDay } from '#calendar';
import { type Catalogue, loadCatalogue } from '#catalogue';
import { type FactData, type FactName, fullType, stageOf, STAGE_ORDER } from '#events';
import { entriesOf, type MeasuredFact } from '#measures';
import fc from 'fast-check';
import { entrySteps, entryStepsOf } from './entry-versions.js';
import { type EntryStep } from './forms.js';

const catalogue: Catalogue = loadCatalogue();
const BASE = Date.parse('2019-12-31T12:00:00Z');

const venue = fc.constantFrom('CPI-RIVOLI', 'ONLINE-TORINO', 'TEL-CUNEO', 'GONE');
const sa = fc.constantFrom('IZI-TORINO', 'CODEX-CUNEO', 'GONE');
const profile = fc.record(
  { gender: fc.constantFrom('F', 'M'), education: fc.constantFrom('none', 'master') },
  { requiredKeys: [] },
);
const registered = fc.record(
  { territory: fc.constantFrom('TO', 'CN'), profile },
  { requiredKeys: ['territory'] },
);
const data: { [K in FactName]?: fc.Arbitrary<object> } = {
  registered,
  booked: venue.map((code) => ({ venue: code, meetingId: 'm', scheduledFor: '2020-05-04T09:00:00Z' })),
  'booking-cancelled': fc.constant({ meetingId: 'm' }),
  attended: fc.record({ venue }),
  'sa-chosen': fc.record({ sa }),
  abandoned: fc.record({ sa }, { requiredKeys: [] }),
  'questionnaire-sent': fc.record({ sa }),
};

// Few instants, on both sides of the change of the cycle and of midnight, so that ties are frequent.
const instants = fc.oneof(
  fc.integer({ min: 0, max: 6 }).map((step) => BASE + step * 6 * 3_600_000),
  fc.integer({ min: -900, max: 1200 }).map((day) => BASE + day * DAY_MS),
);

type Step =
  | { readonly name: FactName; readonly data: object; readonly time: number; readonly recorded: number }
  | { readonly target: number; readonly recorded: number };

const names = Object.keys(data) as FactName[];
const factStep: fc.Arbitrary<Step> = fc
  .constantFrom(...names, 'registered' as const, 'sa-chosen' as const)
  .chain((name) =>
    fc.record({ name: fc.constant(name), data: data[name]!, time: instants, recorded: instants }),
  );
const retractionStep: fc.Arbitrary<Step> = fc.record({ target: fc.nat(100), recorded: instants });

function journeyOf(steps: readonly Step[]): MeasuredFact[] {
  const facts: MeasuredFact[] = [];
  for (const [index, step] of steps.entries()) {
    const place = { id: `e${index}`, source: '/s', subject: 'J', position: index * 3 + 1 };
    if ('name' in step) {
      facts.push({ ...place, ...step, type: fullType(step.name) } as MeasuredFact);
      continue;
    }
    const targets = facts.filter(({ name }) => name !== 'retracted');
    const target = targets[step.target % Math.max(targets.length, 1)];
    if (!target) continue;
    const taken: FactData['retracted'] = { source: target.source, id: target.id, reason: 'other' };
    const retraction = { name: 'retracted' as const, type: fullType('retracted'), data: taken };
    facts.push({ ...place, ...retraction, time: step.recorded, recorded: step.recorded });
  }
  return facts;
}

const journeys = fc
  .array(fc.oneof({ weight: 4, arbitrary: factStep }, { weight: 1, arbitrary: retractionStep }), {
    maxLength: 16,
    size: 'max',
  })
  .map(journeyOf);

/** What the steps add up to at the cut-offs, by entry; nothing that adds up to 0. */
function summed(steps: readonly EntryStep[], knownAt = Infinity, until = Infinity): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { delta, recorded, ...entry } of steps) {
    if (recorded > knownAt || entry.time > until) continue;
    const key = JSON.stringify(entry);
    sums.set(key, (sums.get(key) ?? 0) + delta);
  }
  return new Map([...sums].filter(([, sum]) => sum !== 0));
}

function expected(facts: readonly MeasuredFact[], knownAt?: number, until?: number): Map<string, number> {
  const entries = entriesOf(facts, { knownAt, until }, catalogue);
  return new Map(
    entries.map(({ stage, cycle, day, time, returning, dimensions }) => {
      const { territory, venue: at, mode, sa: body, gender, education, employment } = dimensions;
      const own = { territory, venue: at, mode, sa: body, gender, education, employment };
      return [JSON.stringify({ stage, cycle, day, time, returning: returning ? 1 : 0, ...own }), 1];
    }),
  );
}

/** Retractions stay behind what they take back; otherwise any order of arrival. */
function inOrder(facts: readonly MeasuredFact[], keys: readonly number[]): MeasuredFact[] {
  const shuffled = facts.map((fact, index) => ({ fact, key: keys[index % keys.length]! }));
  shuffled.sort((a, b) => a.key - b.key);
  const late = ({ fact }: { fact: MeasuredFact }) => (fact.name === 'retracted' ? 1 : 0);
  return shuffled.sort((a, b) => late(a) - late(b)).map(({ fact }) => fact);
}

const sorted = (sums: Map<string, number>) => [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
const cells = (steps: readonly EntryStep[]) => summedWithRecorded(steps);

function summedWithRecorded(steps: readonly EntryStep[]): [string, number][] {
  const sums = new Map<string, number>();
  for (const { delta, ...cell } of steps) {
    const key = JSON.stringify(cell);
    sums.set(key, (sums.get(key) ?? 0) + delta);
  }
  return sorted(new Map([...sums].filter(([, sum]) => sum !== 0)));
}

function foldAll(facts: readonly MeasuredFact[]): EntryStep[] {
  return facts.flatMap((fact, index) => entryStepsOf(fact, facts.slice(0, index), catalogue));
}

describe('entry steps', () => {
  it('add up to the entries of the definitions at any cut-offs', () => {
    fc.assert(
      fc.property(journeys, fc.array(fc.tuple(instants, instants), { minLength: 3 }), (facts, cuts) => {
        const steps = entrySteps(facts, catalogue);
        expect(sorted(summed(steps))).toEqual(sorted(expected(facts)));
        for (const [knownAt, until] of cuts) {
          expect(sorted(summed(steps, knownAt, until))).toEqual(sorted(expected(facts, knownAt, until)));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('that each fact adds are together those of the whole journey, in any order of arrival', () => {
    fc.assert(
      fc.property(journeys, fc.array(fc.nat(), { minLength: 5, maxLength: 20 }), (facts, keys) => {
        const whole = cells(entrySteps(facts, catalogue));
        expect(cells(foldAll(facts))).toEqual(whole);
        expect(cells(foldAll(inOrder(facts, keys)))).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('do not depend on the order in which earlier facts are given', () => {
    fc.assert(
      fc.property(journeys, fc.array(fc.nat(), { minLength: 5, maxLength: 20 }), (facts, keys) => {
        fc.pre(facts.length > 1);
        const earlier = facts.slice(0, -1);
        const fact = facts.at(-1)!;
        const steps = entryStepsOf(fact, earlier, catalogue);
        expect(entryStepsOf(fact, inOrder(earlier, keys), catalogue)).toEqual(steps);
        expect(entrySteps(inOrder(facts, keys), catalogue)).toEqual(entrySteps(facts, catalogue));
      }),
      { numRuns: 300 },
    );
  });

  it('hold no pair that cancels itself out and no entry twice', () => {
    fc.assert(
      fc.property(journeys, (facts) => {
        const steps = foldAll(facts).length === 0 ? [] : entrySteps(facts, catalogue);
        const seen = steps.map(({ delta: _delta, ...cell }) => JSON.stringify(cell));
        expect(new Set(seen).size).toBe(seen.length);
        for (const [, sum] of summed(steps)) expect(sum).toBe(1);
      }),
    );
  });

  it('never appear for a fact that was taken back when, or before, it was recorded', () => {
    const attended = journeyOf([
      { name: 'attended', data: { venue: 'CPI-RIVOLI' }, time: BASE, recorded: BASE + 5 },
      { target: 0, recorded: BASE + 5 },
    ]);
    expect(entrySteps(attended, catalogue)).toEqual([]);
    expect(foldAll(attended).map(({ delta, recorded }) => [delta, recorded])).toEqual([
      [1, BASE + 5],
      [-1, BASE + 5],
    ]);
  });

  it('of types that are no stage do not exist', () => {
    const sent: Step = {
      name: 'questionnaire-sent',
      data: { sa: 'IZI-TORINO' },
      time: BASE,
      recorded: BASE,
    };
    expect(foldAll(journeyOf([sent, { target: 0, recorded: BASE + 1 }]))).toEqual([]);
    expect(STAGE_ORDER.filter((name) => stageOf(name) === undefined)).toContain('questionnaire-sent');
  });

  it('cannot be told for a retraction of a fact that is not there', () => {
    const [, retraction] = journeyOf([
      { name: 'registered', data: { territory: 'TO' }, time: BASE, recorded: BASE },
      { target: 0, recorded: BASE },
    ]);
    const fold = () => entryStepsOf(retraction!, [], catalogue);
    expect(fold).toThrow(/not there/);
  });

  it('of a journey with thousands of facts are found in time', () => {
    const steps: Step[] = Array.from({ length: 4000 }, (_, index) => {
      const time = BASE - (index % 997) * 60_000;
      if (index % 5 === 4) return { target: index * 7, recorded: BASE + index };
      const name = index % 2 ? 'registered' : 'sa-chosen';
      const sent = index % 2 ? { territory: index % 3 ? 'TO' : 'CN' } : { sa: 'IZI-TORINO' };
      return { name, data: sent, time, recorded: BASE + ((index * 7919) % 4001) };
    });
    const facts = journeyOf(steps);
    const start = performance.now();
    const all = entrySteps(facts, catalogue);
    for (let at = facts.length - 20; at < facts.length; at += 1) {
      entryStepsOf(facts[at]!, facts.slice(0, at), catalogue);
    }
    expect(performance.now() - start).toBeLessThan(5000);
    expect(sorted(summed(all))).toEqual(sorted(expected(facts)));
    expect(romeDay(BASE)).toBe(romeDay(BASE + 1));
  });
});
