import fc from 'fast-check';
import { loadCatalogue } from '#catalogue';
import { type FigureAnswer, type FigureRequest } from '#figures';
import { type History } from './oracle/histories.js';
import {
  oracleContacts,
  oracleMeetings,
  oracleQuestionnaire,
  oracleWebTraffic,
} from './oracle/oracle-other-figures.js';
import { type OracleQuestion } from './oracle/oracle-rows.js';
import { otherHistories } from './oracle/other-histories.js';
import { questions } from './oracle/questions.js';
import { type EmbeddedSystem } from './support/embedded-system.js';
import { describeOnBothReadModels, type OpenSystem } from './support/on-both-read-models.js';
import { runs } from './support/runs.js';
import { selectionOf } from './support/selection-of.js';

const catalogue = loadCatalogue().describe();

/** The figures that are not about the funnel, with the keys that each can be grouped and filtered by. */
const FIGURES = [
  { figure: 'meetings', oracle: oracleMeetings, keys: ['territory', 'venue', 'mode'] },
  { figure: 'contacts', oracle: oracleContacts, keys: [] },
  { figure: 'web-traffic', oracle: oracleWebTraffic, keys: [] },
  { figure: 'questionnaire', oracle: oracleQuestionnaire, keys: ['territory', 'sa'] },
] as const;

/** A question, often with cut-offs just at or before an instant of the history. */
const inquiry = fc.record({
  asked: fc.tuple(...FIGURES.map(({ keys }) => questions(keys))),
  cut: fc.record({ knownAt: fc.nat(60), until: fc.nat(120), before: fc.nat(1) }),
});

type Inquiry = typeof inquiry extends fc.Arbitrary<infer T> ? T : never;

const told = ({ items, totals }: FigureAnswer) => ({ items, totals });

function cutAtFact(question: OracleQuestion, { facts }: History, { cut }: Inquiry): OracleQuestion {
  const recorded = facts[cut.knownAt]?.recorded;
  const time = facts[cut.until]?.time;
  return {
    ...question,
    knownAt: recorded === undefined ? question.knownAt : recorded - cut.before,
    until: time === undefined ? question.until : time - cut.before,
  };
}

async function check(system: EmbeddedSystem, history: History, one: Inquiry): Promise<void> {
  const { facts } = history;
  for (const [index, { figure, oracle }] of FIGURES.entries()) {
    const question = cutAtFact(one.asked[index]!, history, one);
    const request: FigureRequest = { figure, selection: selectionOf(question) };
    expect({ figure, ...told(await system.ask(request)) }).toEqual({
      figure,
      ...oracle(facts, question, catalogue),
    });
  }
}

async function compare(numRuns: number, open: OpenSystem): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      otherHistories(),
      fc.array(inquiry, { minLength: 6, maxLength: 12 }),
      async (history, asked) => {
        const system = await open();
        try {
          const half = Math.ceil(history.sent.length / 2);
          await system.send(history.sent.slice(0, half));
          // The figures hold the first half when the second one comes.
          for (const { figure } of FIGURES) {
            await system.ask({ figure, selection: selectionOf({ groupBy: [], filters: {} }) });
          }
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
  'meetings, contacts, web traffic and questionnaires on random histories',
  { does: 'are answered as the plain definitions do', onSqlite: 60, onMongodb: 12 },
  compare,
);
