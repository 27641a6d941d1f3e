import fc from 'fast-check';
import 'reflect-metadata';
import { loadCatalogue } from '#catalogue';
import { FUNNEL_STAGES, type FunnelStage } from '#events';
import { describeWithMongodb, MongodbServer } from '#read-models/testing/mongodb-server';
import { histories, type History } from './oracle/histories.js';
import {
  type CohortQuestion,
  oracleCells,
  oracleMembers,
  type OracleMember,
} from './oracle/oracle-cohorts.js';
import { type Row } from './oracle/oracle-rows.js';
import { questions } from './oracle/questions.js';
import { EmbeddedSystem } from './support/embedded-system.js';
import { runs } from './support/runs.js';
import { selectionOf } from './support/selection-of.js';

const HISTORIES = 40;
const ON_MONGODB = 8;
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

async function compare(numRuns: number, readModelUrl?: () => string): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      histories({ maxFacts: 40 }),
      fc.array(inquiry, { minLength: 3, maxLength: 6 }),
      async (history, inquiries) => {
        const system = await EmbeddedSystem.open({ clock: () => noon, readModelUrl: readModelUrl?.() });
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

describe('the nowcast on random histories', () => {
  it(`counts as the plain definitions do, ${HISTORIES} times`, () => compare(HISTORIES), 300_000);
});

describeWithMongodb('the nowcast on random histories, with the read models in MongoDB', () => {
  let server: MongodbServer;

  beforeAll(async () => {
    server = await MongodbServer.start();
  });

  afterAll(() => server.stop());

  it(
    `counts as the plain definitions do, ${ON_MONGODB} times`,
    () => compare(ON_MONGODB, () => server.url()),
    300_000,
  );
});
