import fc from 'fast-check';
import 'reflect-metadata';
import { parseDay, startOfDay } from '#calendar';
import { loadCatalogue } from '#catalogue';
import { FUNNEL_STAGES, type FunnelStage } from '#events';
import { type FigureAnswer } from '#figures';
import { cohortFunnel, hysteresis, hysteresisComparison, type MeasuredFact, triangle } from '#measures';
import { histories, type History } from './oracle/histories.js';
import {
  type CohortQuestion,
  oracleCohort,
  oracleHysteresis,
  oracleObservationEnd,
} from './oracle/oracle-cohorts.js';
import { journeysOf } from './oracle/oracle-facts.js';
import { type Row } from './oracle/oracle-rows.js';
import { oracleTriangle } from './oracle/oracle-triangle.js';
import { questions } from './oracle/questions.js';
import { closely } from './support/close-to.js';
import { type EmbeddedSystem } from './support/embedded-system.js';
import { describeOnBothReadModels, type OpenSystem } from './support/on-both-read-models.js';
import { runs } from './support/runs.js';
import { selectionOf } from './support/selection-of.js';

const catalogue = loadCatalogue();
const plain = catalogue.describe();
/** Some journeys go on after this day, which is today in these tests: the last of a month that is not over yet. */
const TODAY = '2020-11-30';
const today = parseDay(TODAY)!;
const noon = startOfDay(today) + 43_200_000;

const PAIRS = FUNNEL_STAGES.flatMap((from, i) => FUNNEL_STAGES.slice(i + 1).map((to) => [from, to] as const));
const USUAL = ['attended', 'saChosen'] as const;

const inquiry: fc.Arbitrary<CohortQuestion & { curve: boolean }> = fc
  .record({
    question: questions(),
    pair: fc.oneof(fc.constant(USUAL), fc.constantFrom(...PAIRS)),
    byMonth: fc.boolean(),
    net: fc.boolean(),
    curve: fc.boolean(),
  })
  .map(({ question, pair: [fromStage, toStage], ...rest }) => ({
    ...question,
    fromStage,
    toStage,
    today: TODAY,
    ...rest,
  }));

type Inquiry = typeof inquiry extends fc.Arbitrary<infer T> ? T : never;

const stagesOf = ({ fromStage, toStage }: CohortQuestion) => ({
  fromStage: fromStage as FunnelStage,
  toStage: toStage as FunnelStage,
});

function measuredJourneys({ facts }: Pick<History, 'facts'>): MeasuredFact[][] {
  return [...journeysOf(facts).values()].map((journey) =>
    journey.map(
      (fact) =>
        ({ ...fact, type: `it.mip.${fact.name}.v1`, position: fact.order + 1 }) as unknown as MeasuredFact,
    ),
  );
}

/** Without the curve, where it was not asked for. */
function asked(row: Row, { curve }: Inquiry): Row {
  const { curve: points, ...rest } = row;
  return curve ? { ...rest, curve: points } : rest;
}

const expectedHysteresis = (facts: History['facts'], question: Inquiry) => {
  const { items, totals } = oracleHysteresis(facts, question, plain);
  return closely({ items: items.map((row) => asked(row, question)), totals: asked(totals, question) });
};

const told = ({ items, totals }: Pick<FigureAnswer, 'items' | 'totals'>) => ({ items, totals });

describe('the plain definitions of cohorts agree with the brute-force oracle', () => {
  it('cohort funnel', () => {
    fc.assert(
      fc.property(histories(), inquiry, (history, question) => {
        const stage = question.fromStage as FunnelStage;
        const answer = cohortFunnel(measuredJourneys(history), selectionOf(question), catalogue, {
          stage,
          byMonth: question.byMonth,
        });
        expect(answer).toEqual(oracleCohort(history.facts, question, plain));
      }),
      { numRuns: 300 },
    );
  });

  it('hysteresis, gross and net, with curves', () => {
    fc.assert(
      fc.property(histories(), inquiry, (history, question) => {
        const answer = hysteresis(
          measuredJourneys(history),
          selectionOf(question),
          catalogue,
          { ...question, ...stagesOf(question) },
          today,
        );
        expect(answer).toEqual(expectedHysteresis(history.facts, question));
      }),
      { numRuns: 300 },
    );
  });

  it('triangle, gross and net', () => {
    fc.assert(
      fc.property(histories(), inquiry, (history, question) => {
        const asked = { net: question.net, ...stagesOf(question) };
        const answer = triangle(measuredJourneys(history), selectionOf(question), catalogue, asked, noon);
        expect(answer).toEqual(oracleTriangle(history.facts, question, plain, noon));
      }),
      { numRuns: 300 },
    );
  });
});

async function checkServed(system: EmbeddedSystem, { facts }: History, question: Inquiry): Promise<void> {
  const selection = selectionOf(question);
  const { byMonth, net, curve } = question;
  const stages = stagesOf(question);
  const cohort = await system.ask({ figure: 'cohort', selection, stage: stages.fromStage, byMonth });
  expect(told(cohort)).toEqual(oracleCohort(facts, question, plain));
  const delays = await system.ask({ figure: 'hysteresis', selection, ...stages, byMonth, net, curve });
  expect(told(delays)).toEqual(expectedHysteresis(facts, question));
  const findings = { observationEnd: oracleObservationEnd(question) };
  expect(delays.findings).toEqual(findings);
  const runOff = await system.ask({ figure: 'hysteresis-triangle', selection, ...stages, net });
  expect(told(runOff)).toEqual(oracleTriangle(facts, question, plain, noon));
  expect(runOff.findings).toEqual(findings);
  const compared = await system.ask({ figure: 'hysteresis-compare', selection, ...stages, net });
  const { comparison, ...groups } = hysteresisComparison(
    measuredJourneys({ facts }),
    selection,
    catalogue,
    { ...stages, net },
    today,
  );
  expect(told(compared)).toEqual(groups);
  expect(compared.findings).toEqual({ ...comparison, ...findings });
}

async function compare(numRuns: number, open: OpenSystem): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      histories({ maxFacts: 40 }),
      fc.array(inquiry, { minLength: 3, maxLength: 6 }),
      async (history, inquiries) => {
        const system = await open(() => noon);
        try {
          const half = Math.ceil(history.sent.length / 2);
          await system.send(history.sent.slice(0, half));
          await system.ask({
            figure: 'cohort',
            selection: selectionOf(inquiries[0]!),
            stage: 'registered',
            byMonth: false,
          });
          await system.send(history.sent.slice(half));
          for (const one of inquiries) await checkServed(system, history, one);
        } finally {
          await system.close();
        }
      },
    ),
    runs(numRuns),
  );
}

describeOnBothReadModels(
  'the whole system on random histories',
  { does: 'answers cohorts and delays as the plain definitions do', onSqlite: 80, onMongodb: 5 },
  compare,
);
