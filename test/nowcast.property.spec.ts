import fc from 'fast-check';
import 'reflect-metadata';
import { loadCatalogue } from '#catalogue';
import { FUNNEL_STAGES, type FunnelStage } from '#events';
import { histories, type History } from './oracle/histories.js';
import {
  type CohortQuestion,
  oracleCells,
  oracleMembers,
  type OracleMember,
} from './oracle/oracle-cohorts.js';
import { type Row } from './oracle/oracle-rows.js';
import { questions } from './oracle/questions.js';
import { type EmbeddedSystem } from './support/embedded-system.js';
import { describeOnBothReadModels, type OpenSystem } from './support/on-both-read-models.js';
import { runs } from './support/runs.js';
import { selectionOf } from './support/selection-of.js';

const plain = loadCatalogue().describe();
const TODAY = '2020-11-20';
const noon = Date.parse('2020-11-20T11:00:00Z');

const PAIRS = FUNNEL_STAGES.flatMap((from, i) => FUNNEL_STAGES.slice(i + 1).map((to) => [from, to] as const));

const inquiry: fc.Arbitrary<CohortQuestion> = fc
  .record({ question: questions(), pair: fc.constantFrom(...PAIRS), net: fc.boolean() })
  .map(({ question, pair: [fromStage, toStage], net }) => ({
    ...question,
    ...{ fromStage, toStage, net, byMonth: true, today: TODAY },
  }));

const isLost = ({ outcome }: OracleMember) => outcome === 'abandoned' || outcome === 'notAdmissible';

function counted(members: readonly OracleMember[]): Row {
  const count = (of: (member: OracleMember) => boolean) => members.filter(of).length;
  return {
    size: members.length,
    converted: count(({ outcome }) => outcome === 'converted'),
    lost: count(isLost),
    pending: count(({ outcome }) => outcome === 'pending'),
  };
}

/** The counts beside the forecasts; these histories are too short for forecasts. */
function counts({ size, converted, lost, pending, ...names }: Row): Row {
  const { beyondHorizon: _, alreadyConverted: _c, alreadyLost: _l, eventuallyConverted: _e, ...row } = names;
  return { ...row, size, converted, lost, pending };
}

async function check(system: EmbeddedSystem, { facts }: History, question: CohortQuestion): Promise<void> {
  const stages = { fromStage: question.fromStage as FunnelStage, toStage: question.toStage as FunnelStage };
  const request = { selection: selectionOf(question), ...stages, net: question.net };
  const cast = await system.ask({ figure: 'nowcast', ...request });
  const members = oracleMembers(facts, question, plain);
  expect(cast.items.map(counts)).toEqual(oracleCells(members, question, plain, counted));
  expect(counts(cast.totals)).toEqual(counted(members));
}

async function compare(numRuns: number, open: OpenSystem): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      histories({ maxFacts: 40 }),
      fc.array(inquiry, { minLength: 3, maxLength: 6 }),
      async (history, inquiries) => {
        const system = await open(() => noon);
        try {
          await system.send(history.sent);
          for (const one of inquiries) await check(system, history, one);
        } finally {
          await system.close();
        }
      },
    ),
    runs(numRuns),
  );
}

describeOnBothReadModels(
  'the nowcast on random histories',
  { does: 'counts as the plain definitions do', onSqlite: 40, onMongodb: 8 },
  compare,
);
