import fc from 'fast-check';
import { parseDay } from '#calendar';
import { loadCatalogue } from '#catalogue';
import { FUNNEL_STAGES, type FunnelStage, STAGES } from '#events';
import { type FigureItem, type JourneyPage } from '#figures';
import { type JourneyQuestion, OUTCOMES } from '#measures';
import { histories, type History } from './oracle/histories.js';
import { oracleJourneys } from './oracle/oracle-journeys.js';
import { type Row } from './oracle/oracle-rows.js';
import { ALL_KEYS, questions } from './oracle/questions.js';
import { type EmbeddedSystem } from './support/embedded-system.js';
import { describeOnBothReadModels, type OpenSystem } from './support/on-both-read-models.js';
import { runs } from './support/runs.js';
import { selectionOf } from './support/selection-of.js';

const catalogue = loadCatalogue().describe();
const STOCK_KEYS = ['territory', 'gender', 'education', 'employment'];

const bound = fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined, freq: 1 });

const pairs = fc
  .tuple(fc.nat(FUNNEL_STAGES.length - 2), fc.nat(FUNNEL_STAGES.length - 2))
  .map(
    ([one, other]) =>
      [FUNNEL_STAGES[Math.min(one, other)]!, FUNNEL_STAGES[Math.max(one, other) + 1]!] as const,
  );

const towards = fc
  .record({
    outcome: fc.option(fc.constantFrom(...OUTCOMES), { nil: undefined, freq: 2 }),
    min: bound,
    max: bound,
    net: fc.boolean(),
  })
  .map(({ outcome, min, max, net }) => {
    const hasDelay = outcome === undefined || outcome === 'converted';
    return { outcome, net, ...(hasDelay ? { minDelayDays: min, maxDelayDays: max } : {}) };
  });

const people: fc.Arbitrary<JourneyQuestion> = fc.oneof(
  fc.record({ status: fc.constantFrom(...STAGES) }),
  fc.record({ stage: fc.constantFrom(...STAGES), returning: fc.boolean() }),
  fc.tuple(pairs, towards, fc.boolean()).map(([[stage, toStage], rest, returning]) => ({
    stage,
    returning: returning && rest.net,
    towards: { toStage, ...rest },
  })),
);

const inquiry = people.chain((asked) =>
  fc.record({
    asked: fc.constant(asked),
    question:
      'status' in asked
        ? questions(STOCK_KEYS).map((question) => ({ ...question, from: undefined, to: undefined }))
        : questions(ALL_KEYS),
    limit: fc.integer({ min: 1, max: 4 }),
  }),
);

type Inquiry = typeof inquiry extends fc.Arbitrary<infer T> ? T : never;

const ask = (system: EmbeddedSystem, { asked, question }: Inquiry, page: JourneyPage) =>
  system.ask({ figure: 'journeys', selection: selectionOf(question), question: asked, page });

const placeOf = (item: FigureItem) => ({ day: parseDay(String(item['day']))!, id: String(item['id']) });

/** All pages of a list as the log stood at a position. */
async function pages(system: EmbeddedSystem, one: Inquiry, asOf: number): Promise<FigureItem[]> {
  const items: FigureItem[] = [];
  for (;;) {
    const after = items.length > 0 ? placeOf(items.at(-1)!) : undefined;
    const page = await ask(system, one, { limit: one.limit, after, asOf });
    expect(page.position).toBe(asOf);
    items.push(...page.items);
    if (page.items.length < one.limit) {
      expect(page.totals).toEqual({ count: items.length });
      return items;
    }
  }
}

/** The number that the figure counts whose people are asked for; undefined where no figure counts just these. */
async function figureOf(system: EmbeddedSystem, { asked, question }: Inquiry): Promise<number | undefined> {
  const selection = selectionOf({ ...question, groupBy: [] });
  const towards = 'status' in asked ? undefined : asked.towards;
  if ('stage' in asked && towards) {
    const { stage: fromStage, returning } = asked as { stage: FunnelStage; returning: boolean };
    const { toStage, outcome, minDelayDays, maxDelayDays, net } = towards;
    if (returning || minDelayDays !== undefined || maxDelayDays !== undefined) return undefined;
    const request = { figure: 'hysteresis', selection, fromStage, toStage, net } as const;
    const { totals } = await system.ask({ ...request, curve: false, byMonth: false });
    return totals[outcome ?? 'size'] as number;
  }
  if ('status' in asked) {
    const { items } = await system.ask({ figure: 'stock', selection });
    return (items.find(({ status }) => status === asked.status)?.['journeys'] as number | undefined) ?? 0;
  }
  const { totals } = await system.ask({ figure: 'monthly', selection });
  const counts = asked.returning ? (totals['returning'] as Row) : totals;
  return counts[asked.stage] as number;
}

const expected = ({ facts }: Pick<History, 'facts'>, { asked, question }: Inquiry) =>
  oracleJourneys(facts, question, asked, catalogue);

async function compare(numRuns: number, open: OpenSystem): Promise<void> {
  await fc.assert(
    fc.asyncProperty(histories(), fc.array(inquiry, { minLength: 3, maxLength: 6 }), async (history, all) => {
      const system = await open();
      try {
        const half = Math.ceil(history.sent.length / 2);
        await system.send(history.sent.slice(0, half));
        const { position } = await ask(system, all[0]!, { limit: 1 });
        const then = await Promise.all(all.map((one) => pages(system, one, position)));
        await system.send(history.sent.slice(half));
        for (const [index, one] of all.entries()) {
          const now = await ask(system, one, { limit: 1000 });
          expect(now.items).toEqual(expected(history, one));
          expect(await pages(system, one, position)).toEqual(then[index]);
          expect(now.items).toHaveLength((await figureOf(system, one)) ?? now.items.length);
          const { knownAt = Infinity } = one.question;
          const known = history.facts.filter(({ recorded }) => recorded <= knownAt);
          expect(now.items).toEqual(expected({ facts: known }, one));
        }
      } finally {
        await system.close();
      }
    }),
    runs(numRuns),
  );
}

describeOnBothReadModels(
  'the journeys behind a figure, on random histories',
  {
    does: 'are those of the plain definitions, and page by page stay the same while facts come in',
    onSqlite: 100,
    onMongodb: 5,
  },
  compare,
);
