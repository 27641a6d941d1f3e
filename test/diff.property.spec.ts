import fc from 'fast-check';
import { loadCatalogue } from '#catalogue';
import { STAGES } from '#events';
import { type FigureItem } from '#figures';
import { histories, type History, moments } from './oracle/histories.js';
import { cellText, type OracleCause, oracleCauses } from './oracle/oracle-diff.js';
import { named, type OracleQuestion } from './oracle/oracle-rows.js';
import { questions } from './oracle/questions.js';
import { type EmbeddedSystem } from './support/embedded-system.js';
import { describeOnBothReadModels, type OpenSystem } from './support/on-both-read-models.js';
import { runs } from './support/runs.js';
import { selectionOf } from './support/selection-of.js';

const catalogue = loadCatalogue().describe();

interface ShownFact {
  readonly source: string;
  readonly id: string;
  readonly subject: string;
  readonly type: string;
}
interface Cause {
  readonly class: string;
  readonly direction: 'entered' | 'left';
  readonly facts: readonly ShownFact[];
}
interface Cell {
  readonly month: string;
  readonly stage: string;
  readonly before: number;
  readonly after: number;
  readonly causes: readonly Cause[];
}

const inquiry = fc.record({
  question: questions(),
  // Mostly the recorded time of some fact.
  dates: fc.tuple(fc.nat(40), fc.nat(40), moments, moments),
});
type Inquiry = typeof inquiry extends fc.Arbitrary<infer T> ? T : never;

function datesOf(
  { dates: [one, other, ...rest] }: Inquiry,
  { facts }: History,
): { a: number; b: number } | undefined {
  const [a, b] = [facts[one]?.recorded ?? rest[0], facts[other]?.recorded ?? rest[1]].sort((x, y) => x - y);
  return a! < b! ? { a: a!, b: b! } : undefined;
}

const textOf = (cell: Cell & FigureItem, { groupBy }: OracleQuestion) =>
  cellText(
    cell.month,
    named(
      groupBy,
      groupBy.map((key) => cell[key] as string),
    ),
    cell.stage,
  );

/** The cells of the monthly funnel at a recorded date that are not zero. */
async function monthly(
  system: EmbeddedSystem,
  question: OracleQuestion,
  knownAt: number,
): Promise<Map<string, number>> {
  const { items } = await system.ask({ figure: 'monthly', selection: selectionOf({ ...question, knownAt }) });
  return new Map(
    items.flatMap((item) =>
      STAGES.filter((stage) => item[stage] !== 0).map((stage) => [
        textOf({ ...item, stage } as unknown as Cell & FigureItem, question),
        item[stage] as number,
      ]),
    ),
  );
}

const sorted = (causes: readonly OracleCause[]) => causes.map((cause) => JSON.stringify(cause)).sort();

function expectEveryCauseTold(
  cells: readonly (Cell & FigureItem)[],
  history: History,
  { a, b }: { a: number; b: number },
) {
  for (const { class: kind, facts } of cells.flatMap(({ causes }) => causes)) {
    const own = facts.map(({ source, id, subject }) => {
      const fact = history.facts.find((one) => one.source === source && one.id === id);
      expect(fact?.subject).toBe(subject);
      return fact!;
    });
    expect(new Set(own).size).toBe(own.length);
    // What changed between the two dates is among the facts.
    expect(own.some(({ recorded }) => recorded > a && recorded <= b)).toBe(true);
    if (kind === 'retraction') expect(own.at(-1)!.name).toBe('retracted');
    if (kind === 'moved') expect(own.length).toBeGreaterThan(1);
  }
}

async function check(system: EmbeddedSystem, history: History, one: Inquiry): Promise<void> {
  const dates = datesOf(one, history);
  if (!dates) return;
  const { question } = one;
  const request = {
    figure: 'diff',
    selection: selectionOf(question),
    before: dates.a,
    after: dates.b,
  } as const;
  const answer = await system.ask(request);
  const cells = answer.items as unknown as (Cell & FigureItem)[];

  const [before, after] = [
    await monthly(system, question, dates.a),
    await monthly(system, question, dates.b),
  ];
  const differ = [...new Set([...before.keys(), ...after.keys()])].filter(
    (cell) => before.get(cell) !== after.get(cell),
  );
  expect(cells.map((cell) => textOf(cell, question)).sort()).toEqual(differ.sort());
  for (const cell of cells) {
    const text = textOf(cell, question);
    expect([cell.before, cell.after]).toEqual([before.get(text) ?? 0, after.get(text) ?? 0]);
    const of = (direction: string) => cell.causes.filter((cause) => cause.direction === direction).length;
    expect(of('entered') - of('left')).toBe(cell.after - cell.before);
  }

  const told = cells.flatMap((cell) =>
    cell.causes.map(({ class: kind, direction, facts: [fact] }) => {
      return { cell: textOf(cell, question), direction, class: kind, fact: `${fact!.source} ${fact!.id}` };
    }),
  );
  const causes = oracleCauses(history.facts, question, dates, catalogue);
  expect(sorted(told)).toEqual(sorted(causes.filter(({ cell }) => differ.includes(cell))));
  expectEveryCauseTold(cells, history, dates);

  const later = history.facts.filter(({ recorded }) => recorded <= dates.b);
  expect(sorted(oracleCauses(later, question, dates, catalogue))).toEqual(sorted(causes));
}

async function compare(numRuns: number, open: OpenSystem): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      histories(),
      fc.array(inquiry, { minLength: 6, maxLength: 10 }),
      async (history, all) => {
        const system = await open();
        try {
          await system.send(history.sent);
          for (const one of all) await check(system, history, one);
        } finally {
          await system.close();
        }
      },
    ),
    runs(numRuns),
  );
}

describeOnBothReadModels(
  'what changed between two recorded dates, on random histories',
  {
    does: 'is all that the figures of the two dates differ by, with the reasons of the plain definitions',
    onSqlite: 60,
    onMongodb: 3,
  },
  compare,
);
