import fc from 'fast-check';
import 'reflect-metadata';
import { loadCatalogue } from '#catalogue';
import { fullType } from '#events';
import { type MeasuredFact, recordingDelay } from '#measures';
import { histories, type History } from './oracle/histories.js';
import { oracleRecordingDelay } from './oracle/oracle-delay.js';
import { type OracleQuestion } from './oracle/oracle-rows.js';
import { otherHistories } from './oracle/other-histories.js';
import { questions } from './oracle/questions.js';
import { describeOnBothReadModels, type OpenSystem } from './support/on-both-read-models.js';
import { runs } from './support/runs.js';
import { selectionOf } from './support/selection-of.js';

const catalogue = loadCatalogue();
const plain = catalogue.describe();
const NOW = Date.parse('2026-01-01T00:00:00Z');

/** Facts of journeys and, under other ids, of everything else. */
const allKinds = fc
  .tuple(histories({ prefix: 'p-', maxFacts: 25 }), otherHistories())
  .map(([people, others]): History => {
    const order = people.facts.length;
    return {
      sent: [...people.sent, ...others.sent],
      facts: [...people.facts, ...others.facts.map((fact) => ({ ...fact, order: fact.order + order }))],
    };
  });

const asked = questions(['territory', 'sa']);

/** A cut-off of some facts just at the instant of one of them. */
function cutAtFact(question: OracleQuestion, { facts }: History, which: number): OracleQuestion {
  const fact = facts[which];
  return fact ? { ...question, knownAt: fact.recorded } : question;
}

/** Quantiles come out alike to nine digits: the two compute them in different units. */
const told = (answer: { items: readonly object[]; totals: object }) =>
  JSON.parse(JSON.stringify({ items: answer.items, totals: answer.totals }), (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toFixed(9)) : value,
  ) as unknown;

const measured = ({ facts }: History) =>
  facts.map(
    (fact) =>
      ({
        ...fact,
        type: fullType(fact.name as 'attended'),
        position: fact.order + 1,
      }) as unknown as MeasuredFact,
  );

describe('recording delay on random histories', () => {
  it('by its plain definition', () => {
    fc.assert(
      fc.property(allKinds, asked, fc.nat(120), (history, question, which) => {
        const cut = cutAtFact(question, history, which);
        expect(told(recordingDelay(measured(history), selectionOf(cut), catalogue, NOW))).toEqual(
          told(oracleRecordingDelay(history.facts, cut, plain, NOW)),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('at a past knownAt does not change with what is recorded later', () => {
    fc.assert(
      fc.property(allKinds, asked, fc.nat(60), (history, question, which) => {
        const cut = cutAtFact(question, history, which);
        const { knownAt } = cut;
        fc.pre(knownAt !== undefined);
        const known = measured(history).filter(({ recorded }) => recorded <= knownAt);
        expect(recordingDelay(known, selectionOf(cut), catalogue, NOW)).toEqual(
          recordingDelay(measured(history), selectionOf(cut), catalogue, NOW),
        );
      }),
      { numRuns: 100 },
    );
  });
});

async function compare(numRuns: number, open: OpenSystem): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      allKinds,
      fc.array(fc.tuple(asked, fc.nat(120)), { minLength: 4, maxLength: 8 }),
      async (history, all) => {
        const system = await open();
        try {
          await system.send(history.sent);
          for (const [question, which] of all) {
            const cut = cutAtFact(question, history, which);
            const answer = await system.ask({
              figure: 'recording-delay',
              selection: selectionOf(cut),
            });
            expect(told(answer)).toEqual(told(oracleRecordingDelay(history.facts, cut, plain, Date.now())));
          }
        } finally {
          await system.close();
        }
      },
    ),
    runs(numRuns),
  );
}

describeOnBothReadModels(
  'recording delay of the whole system on random histories',
  { does: 'is served as it is defined', onSqlite: 40, onMongodb: 5 },
  compare,
);
