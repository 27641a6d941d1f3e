import fc from 'fast-check';
import { loadCatalogue } from '#catalogue';
import { type FunnelStage, FUNNEL_STAGES, STAGES } from '#events';
import { histories, type History } from '../../../test/oracle/histories.js';
import { journeysOf, type OracleFact } from '../../../test/oracle/oracle-facts.js';
import {
  oracleAbsence,
  oracleFunnel,
  oraclePeriodRatio,
  oracleStock,
} from '../../../test/oracle/oracle-figures.js';
import { type OracleQuestion } from '../../../test/oracle/oracle-rows.js';
import { ALL_KEYS, questions } from '../../../test/oracle/questions.js';
import { selectionOf } from '../../../test/support/selection-of.js';
import {
  absence,
  entriesOf,
  type Entry,
  FunnelCounter,
  type FunnelKind,
  funnelRows,
  type MeasuredFact,
  MeasureError,
  periodRatio,
  type Selection,
  type StageRow,
  stock,
} from './index.js';

const catalogue = loadCatalogue();
const oracleCatalogue = catalogue.describe();

const asFact = (fact: OracleFact) =>
  ({ ...fact, type: `it.mip.${fact.name}.v1`, position: fact.order + 1 }) as unknown as MeasuredFact;

const journeys = ({ facts }: History): MeasuredFact[][] =>
  [...journeysOf(facts).values()].map((journey) => journey.map(asFact));

const allEntries = (history: History, selection: Selection): Entry[] =>
  journeys(history).flatMap((facts) => entriesOf(facts, selection, catalogue));

function funnel(history: History, question: OracleQuestion, kind: FunnelKind) {
  const selection = selectionOf(question);
  const counter = new FunnelCounter(selection);
  for (const facts of journeys(history)) counter.add(entriesOf(facts, selection, catalogue));
  return funnelRows(selection, catalogue, counter, kind);
}

const kinds = fc.constantFrom<FunnelKind>('monthly', 'cumulative');

/** The same values with the properties in the same order, as clients see them. */
const written = (value: unknown) => JSON.stringify(value, null, 1);

describe('the measures agree with a brute-force evaluation of their definitions', () => {
  it('in the monthly and cumulative funnel', () => {
    fc.assert(
      fc.property(histories(), questions(), kinds, (history, question, kind) => {
        const expected = oracleFunnel(history.facts, question, oracleCatalogue, kind);
        expect(written(funnel(history, question, kind))).toBe(written(expected));
      }),
      { numRuns: 300 },
    );
  });

  it('in the period ratio', () => {
    const stages = fc.subarray<FunnelStage>([...FUNNEL_STAGES], { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(histories(), questions(), stages, fc.boolean(), (history, question, pair, byMonth) => {
        const [fromStage, toStage] = pair as [FunnelStage, FunnelStage];
        const selection = selectionOf(question);
        const ratio = () =>
          periodRatio(allEntries(history, selection), selection, catalogue, { fromStage, toStage, byMonth });
        const keys = [...question.groupBy, ...Object.keys(question.filters)];
        const allowed = ['territory', 'gender', 'education', 'employment'];
        if (fromStage === 'booked' && toStage === 'attended') allowed.push('venue', 'mode');
        if (fromStage === 'saChosen' && toStage === 'pdsSigned') allowed.push('sa');
        if (keys.some((key) => !allowed.includes(key))) {
          expect(ratio).toThrow(MeasureError);
          return;
        }
        const asked = { ...question, fromStage, toStage, byMonth };
        expect(written(ratio())).toBe(written(oraclePeriodRatio(history.facts, asked, oracleCatalogue)));
      }),
      { numRuns: 300 },
    );
  });

  it('in absence', () => {
    fc.assert(
      fc.property(histories(), questions(['territory', 'gender']), (history, asked) => {
        const { territory } = asked.filters;
        const filters: OracleQuestion['filters'] = territory ? { territory } : {};
        const groupBy = asked.groupBy.filter((key) => key === 'territory');
        const question = { ...asked, groupBy, filters };
        const answer = absence(journeys(history), selectionOf(question), catalogue);
        expect(written(answer)).toBe(written(oracleAbsence(history.facts, question, oracleCatalogue)));
      }),
      { numRuns: 200 },
    );
  });

  it('in the stock', () => {
    const keys = ['territory', 'gender', 'education', 'employment'];
    fc.assert(
      fc.property(histories(), questions(keys), (history, question) => {
        const answer = stock(journeys(history), selectionOf(question), catalogue);
        expect(written(answer)).toBe(written(oracleStock(history.facts, question, oracleCatalogue)));
      }),
      { numRuns: 200 },
    );
  });
});

describe('the period funnel', () => {
  const stageCounts = (row: StageRow) => STAGES.flatMap((stage) => [row[stage], row.returning[stage]]);
  const sum = (rows: readonly StageRow[]) =>
    rows.map(stageCounts).reduce(
      (total, counts) => total.map((value, index) => value + counts[index]!),
      STAGES.flatMap(() => [0, 0]),
    );
  const namesOf = (item: object) => written(Object.entries(item).filter(([key]) => ALL_KEYS.includes(key)));

  it('is cumulative as the running sum of the monthly one', () => {
    fc.assert(
      fc.property(histories(), questions(), (history, question) => {
        const monthly = funnel(history, question, 'monthly').items;
        const cumulative = funnel(history, question, 'cumulative').items;
        expect(cumulative).toHaveLength(monthly.length);
        for (const [index, row] of cumulative.entries()) {
          const upTo = monthly.slice(0, index + 1).filter((one) => namesOf(one) === namesOf(row));
          expect(stageCounts(row)).toEqual(sum(upTo));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('has totals that its months and groups add up to, and its last cumulative month shows', () => {
    fc.assert(
      fc.property(histories(), questions(), (history, question) => {
        const { items, totals } = funnel(history, question, 'monthly');
        expect(sum(items)).toEqual(stageCounts(totals));
        const cumulative = funnel(history, question, 'cumulative');
        const last = cumulative.items.at(-1)?.month;
        expect(sum(cumulative.items.filter(({ month }) => month === last))).toEqual(stageCounts(totals));
        expect(cumulative.totals).toEqual(totals);
      }),
      { numRuns: 100 },
    );
  });

  it('does not depend on the order of arrival', () => {
    fc.assert(
      fc.property(
        histories(),
        questions(),
        fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
        (history, question, keys) => {
          const shuffled = history.facts
            .map((fact, index) => ({ fact, key: keys[index] ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ fact }) => fact);
          const other = funnel({ ...history, facts: shuffled }, question, 'monthly');
          expect(other).toEqual(funnel(history, question, 'monthly'));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('tells of a past date what was told then', () => {
    fc.assert(
      fc.property(histories(), questions(), fc.nat(30), (history, question, length) => {
        const then = history.facts.slice(0, length);
        const knownAt = Math.max(...then.map(({ recorded }) => recorded), 0);
        const later = history.facts.slice(length).filter(({ recorded }) => recorded > knownAt);
        const asked = { ...question, knownAt };
        const now = funnel({ ...history, facts: [...then, ...later] }, asked, 'monthly');
        expect(now).toEqual(funnel({ ...history, facts: then }, { ...asked, knownAt: undefined }, 'monthly'));
      }),
      { numRuns: 100 },
    );
  });
});
