import fc from 'fast-check';
import { loadCatalogue } from '#catalogue';
import { type FunnelStage } from '#events';
import { unsharedKey } from '#measures';
import { type FigureAnswer } from '#figures';
import { histories, type History } from './oracle/histories.js';
import { oracleAbsence, oracleFunnel, oraclePeriodRatio, oracleStock } from './oracle/oracle-figures.js';
import { type OracleQuestion } from './oracle/oracle-rows.js';
import { questions } from './oracle/questions.js';
import { type EmbeddedSystem } from './support/embedded-system.js';
import { describeOnBothReadModels, type OpenSystem } from './support/on-both-read-models.js';
import { runs } from './support/runs.js';
import { selectionOf } from './support/selection-of.js';

const catalogue = loadCatalogue().describe();

const PAIRS: readonly [FunnelStage, FunnelStage][] = [
  ['attended', 'saChosen'],
  ['registered', 'pdsSigned'],
  ['booked', 'attended'],
];

const STOCK_KEYS = ['territory', 'gender', 'education', 'employment'];

const inquiry = fc.record({
  funnel: questions(),
  ratio: questions(),
  absence: questions(['territory']),
  stock: questions(STOCK_KEYS),
  pair: fc.constantFrom(...PAIRS),
  byMonth: fc.boolean(),
});

type Inquiry = typeof inquiry extends fc.Arbitrary<infer T> ? T : never;

const told = ({ items, totals }: FigureAnswer) => ({ items, totals });

async function checkFunnel(
  system: EmbeddedSystem,
  { facts }: History,
  question: OracleQuestion,
): Promise<void> {
  for (const figure of ['monthly', 'cumulative'] as const) {
    const answer = await system.ask({ figure, selection: selectionOf(question) });
    expect(told(answer)).toEqual(oracleFunnel(facts, question, catalogue, figure));
  }
}

async function checkRatio(system: EmbeddedSystem, { facts }: History, asked: Inquiry): Promise<void> {
  const { ratio: question, byMonth } = asked;
  const [fromStage, toStage] = asked.pair;
  const selection = selectionOf(question);
  if (unsharedKey({ fromStage, toStage }, selection) !== undefined) return;
  const answer = await system.ask({ figure: 'period-ratio', selection, fromStage, toStage, byMonth });
  expect(told(answer)).toEqual(
    oraclePeriodRatio(facts, { ...question, fromStage, toStage, byMonth }, catalogue),
  );
}

async function check(system: EmbeddedSystem, history: History, asked: Inquiry): Promise<void> {
  await checkFunnel(system, history, asked.funnel);
  await checkRatio(system, history, asked);
  const absence = await system.ask({ figure: 'absence', selection: selectionOf(asked.absence) });
  expect(told(absence)).toEqual(oracleAbsence(history.facts, asked.absence, catalogue));
  const stock = await system.ask({ figure: 'stock', selection: selectionOf(asked.stock) });
  expect(told(stock)).toEqual(oracleStock(history.facts, asked.stock, catalogue));
}

async function compare(numRuns: number, open: OpenSystem): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      histories(),
      fc.array(inquiry, { minLength: 2, maxLength: 4 }),
      async (history, asked) => {
        const system = await open();
        try {
          // In two portions, so that figures are asked while half of the story is still missing.
          const half = Math.ceil(history.sent.length / 2);
          await system.send(history.sent.slice(0, half));
          await system.ask({ figure: 'monthly', selection: selectionOf(asked[0]!.funnel) });
          await system.send(history.sent.slice(half));
          for (const one of asked) await check(system, history, one);
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
  { does: 'answers as the plain definitions do', onSqlite: 200, onMongodb: 12 },
  compare,
);
