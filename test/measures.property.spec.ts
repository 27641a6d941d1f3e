import fc from 'fast-check';
import 'reflect-metadata';
import { loadCatalogue } from '#catalogue';
import { type FunnelStage } from '#events';
import {
  absence,
  entriesOf,
  FunnelCounter,
  funnelRows,
  type MeasuredFact,
  periodRatio,
  stock,
  unsharedKey,
} from '#measures';
import { histories, type History } from './oracle/histories.js';
import { journeysOf } from './oracle/oracle-facts.js';
import { oracleAbsence, oracleFunnel, oraclePeriodRatio, oracleStock } from './oracle/oracle-figures.js';
import { questions } from './oracle/questions.js';
import { selectionOf } from './support/selection-of.js';

const catalogue = loadCatalogue();
const plain = catalogue.describe();
const RUNS = 500;

function measuredJourneys({ facts }: History): MeasuredFact[][] {
  return [...journeysOf(facts).values()].map((journey) =>
    journey.map(
      (fact) =>
        ({ ...fact, type: `it.mip.${fact.name}.v1`, position: fact.order + 1 }) as unknown as MeasuredFact,
    ),
  );
}

const stagePairs = fc.constantFrom<[FunnelStage, FunnelStage]>(
  ['attended', 'saChosen'],
  ['registered', 'attended'],
  ['booked', 'attended'],
  ['saChosen', 'pdsSigned'],
);

describe('the plain definitions agree with the brute-force oracle', () => {
  it.each(['monthly', 'cumulative'] as const)('%s funnel', (kind) => {
    fc.assert(
      fc.property(histories(), questions(), (history, question) => {
        const selection = selectionOf(question);
        const counter = new FunnelCounter(selection);
        for (const journey of measuredJourneys(history))
          counter.add(entriesOf(journey, selection, catalogue));
        expect(funnelRows(selection, catalogue, counter, kind)).toEqual(
          oracleFunnel(history.facts, question, plain, kind),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('period ratio', () => {
    fc.assert(
      fc.property(
        histories(),
        questions(),
        stagePairs,
        fc.boolean(),
        (history, question, [fromStage, toStage], byMonth) => {
          const selection = selectionOf(question);
          fc.pre(unsharedKey({ fromStage, toStage }, selection) === undefined);
          const entries = measuredJourneys(history).flatMap((journey) =>
            entriesOf(journey, selection, catalogue),
          );
          expect(periodRatio(entries, selection, catalogue, { fromStage, toStage, byMonth })).toEqual(
            oraclePeriodRatio(history.facts, { ...question, fromStage, toStage, byMonth }, plain),
          );
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('absence', () => {
    fc.assert(
      fc.property(histories(), questions(['territory']), (history, question) => {
        expect(absence(measuredJourneys(history), selectionOf(question), catalogue)).toEqual(
          oracleAbsence(history.facts, question, plain),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('stock', () => {
    const keys = ['territory', 'gender', 'education', 'employment'];
    fc.assert(
      fc.property(histories(), questions(keys), (history, question) => {
        expect(stock(measuredJourneys(history), selectionOf(question), catalogue)).toEqual(
          oracleStock(history.facts, question, plain),
        );
      }),
      { numRuns: RUNS },
    );
  });
});
