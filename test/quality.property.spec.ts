import fc from 'fast-check';
import { parseDay } from '#calendar';
import { loadCatalogue } from '#catalogue';
import { type FigureItem } from '#figures';
import { QUALITY_KINDS, type QualityKind } from '#measures';
import { histories, type History, type SentEvent } from './oracle/histories.js';
import { dayOf } from './oracle/oracle-facts.js';
import { type OracleFinding, oracleFindings } from './oracle/oracle-quality.js';
import { otherHistories } from './oracle/other-histories.js';
import { questions } from './oracle/questions.js';
import { type EmbeddedSystem } from './support/embedded-system.js';
import { describeOnBothReadModels, type OpenSystem } from './support/on-both-read-models.js';
import { runs } from './support/runs.js';
import { selectionOf } from './support/selection-of.js';

const ON_SQLITE = 60;
const catalogue = loadCatalogue().describe();

/** The same history with short ids, so that journeys often have one in common. */
function withSharedIds({ sent, facts }: History): History {
  const ids = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { subject, source, id } of facts) {
    const count = counts.get(subject!) ?? 0;
    counts.set(subject!, count + 1);
    ids.set(`${subject} ${source} ${id}`, `n${count}`);
  }
  const renamed = <T extends Pick<SentEvent, 'subject' | 'source' | 'id' | 'data'>>(one: T): T => {
    const idOf = (source: unknown, id: unknown) => ids.get(`${one.subject} ${String(source)} ${String(id)}`);
    const target = idOf(one.data['source'], one.data['id']);
    return {
      ...one,
      id: idOf(one.source, one.id)!,
      data: target === undefined ? one.data : { ...one.data, id: target },
    };
  };
  return { sent: sent.map(renamed), facts: facts.map(renamed) };
}

/** Facts of journeys and of everything else. */
const allKinds = fc
  .tuple(histories({ prefix: 'p-' }).map(withSharedIds), otherHistories())
  .map(([people, others]): History => {
    const order = people.facts.length;
    return {
      sent: [...people.sent, ...others.sent],
      facts: [...people.facts, ...others.facts.map((fact) => ({ ...fact, order: fact.order + order }))],
    };
  });

const inquiry = fc.record({
  question: questions([]),
  kind: fc.constantFrom(...QUALITY_KINDS),
  limit: fc.integer({ min: 1, max: 5 }),
});
type Inquiry = typeof inquiry extends fc.Arbitrary<infer T> ? T : never;

interface JourneyItem extends FigureItem {
  readonly id: string;
  readonly day: string;
  readonly facts: readonly { readonly source: string; readonly id: string }[];
}

const counted = (findings: readonly OracleFinding[]) => {
  const counts: Record<string, number> = {};
  for (const { kind, day } of findings) {
    const cell = `${day.slice(0, 7)} ${kind}`;
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
};

interface Behind {
  readonly items: readonly JourneyItem[];
  readonly withoutJourney: unknown;
}

async function behindKind(
  system: EmbeddedSystem,
  { question, kind, limit }: Inquiry,
  asOf?: number,
): Promise<Behind> {
  const items: JourneyItem[] = [];
  for (;;) {
    const last = items.at(-1);
    const after = last && { day: parseDay(last.day)!, id: last.id };
    const page = { limit, after, asOf };
    const answer = await system.ask({
      figure: 'quality-journeys',
      selection: selectionOf(question),
      kind,
      page,
    });
    items.push(...(answer.items as JourneyItem[]));
    if (answer.items.length < limit) {
      const findings = items.reduce((sum, { facts }) => sum + facts.length, 0);
      const { withoutJourney } = answer.totals;
      expect(answer.totals).toEqual({ count: items.length, findings, withoutJourney });
      return { items, withoutJourney };
    }
  }
}

/** Kinds that some history has shown: the others would be tested by nothing. */
const shown = new Set<string>();
const shownOfOthers = new Set<string>();

async function check(system: EmbeddedSystem, { facts }: History, one: Inquiry): Promise<void> {
  const expected = oracleFindings(facts, one.question, dayOf(Date.now()), catalogue);
  for (const { kind } of expected) shown.add(kind);
  const { items, totals } = await system.ask({ figure: 'quality', selection: selectionOf(one.question) });
  const rows = items as { kind: QualityKind; month: string; count: number; withoutJourney: number }[];
  const cells = rows.map(({ month, kind, count }) => [`${month} ${kind}`, count]);
  expect(Object.fromEntries(cells)).toEqual(counted(expected));
  const order = rows.map(({ month, kind }) => `${month} ${QUALITY_KINDS.indexOf(kind)}`);
  expect(order).toEqual([...order].sort());
  expect(totals['count']).toBe(expected.length);
  expect(rows.reduce((sum, row) => sum + row.withoutJourney, 0)).toBe(
    expected.filter(({ journey }) => journey === undefined).length,
  );

  const { items: people, withoutJourney } = await behindKind(system, one);
  const told = people.flatMap(({ id, day, facts: own }) =>
    own.map((fact) => ({ kind: one.kind, journey: id, day, fact: `${fact.source} ${fact.id}` })),
  );
  const ofKind = expected.filter(({ kind, journey }) => kind === one.kind && journey !== undefined);
  const others = expected.filter(({ journey }) => journey === undefined);
  for (const { kind } of others) shownOfOthers.add(kind);
  expect(withoutJourney).toBe(others.filter(({ kind }) => kind === one.kind).length);
  const texts = (findings: readonly OracleFinding[]) =>
    findings.map((finding) => JSON.stringify(finding)).sort();
  expect(texts(told)).toEqual(texts(ofKind));
  const places = people.map(({ day, id }) => `${day} ${id}`);
  expect(places).toEqual([...new Set(places)].sort());

  const { knownAt = Infinity } = one.question;
  const known = facts.filter(({ recorded }) => recorded <= knownAt);
  expect(texts(oracleFindings(known, one.question, dayOf(Date.now()), catalogue))).toEqual(texts(expected));
}

async function compare(numRuns: number, open: OpenSystem): Promise<void> {
  await fc.assert(
    fc.asyncProperty(allKinds, fc.array(inquiry, { minLength: 4, maxLength: 8 }), async (history, all) => {
      const system = await open();
      try {
        const half = Math.ceil(history.sent.length / 2);
        await system.send(history.sent.slice(0, half));
        const { position } = await system.ask({
          figure: 'quality',
          selection: selectionOf(all[0]!.question),
        });
        const then = await behindKind(system, all[0]!);
        await system.send(history.sent.slice(half));
        expect(await behindKind(system, all[0]!, position)).toEqual(then);
        for (const one of all) await check(system, history, one);
      } finally {
        await system.close();
      }
    }),
    runs(numRuns),
  );
  // A handful need not show every kind.
  if (numRuns < ON_SQLITE) return;
  expect([...shown].sort()).toEqual([...QUALITY_KINDS].sort());
  expect([...shownOfOthers].sort()).toEqual(['id_under_two_subjects', 'past_rewritten']);
}

describeOnBothReadModels(
  'findings about the quality of the data, on random histories',
  {
    does: 'are those of the plain definitions, with the journeys behind them',
    onSqlite: ON_SQLITE,
    onMongodb: 5,
  },
  compare,
);
