import {
  dayOf,
  entriesOfJourney,
  journeysOf,
  ORACLE_STAGES,
  visible,
  type OracleCatalogue,
  type OracleEntry,
  type OracleFact,
} from './oracle-facts.js';
import { oraclePct } from './oracle-figures.js';
import {
  combination,
  compareCombinations,
  distinct,
  inWindow,
  named,
  type OracleQuestion,
  passes,
  type Row,
} from './oracle-rows.js';
import { oracleCurve, oracleHalf, oracleQuantile, oracleRestrictedMean } from './oracle-survival.js';

export const ORACLE_FUNNEL = ['registered', 'booked', 'attended', 'saChosen', 'pdsSigned'];

export interface CohortQuestion extends OracleQuestion {
  readonly fromStage: string;
  readonly toStage: string;
  readonly byMonth: boolean;
  readonly net: boolean;
  /** The day on which the question is asked. */
  readonly today: string;
}

export interface OracleMember extends OracleEntry {
  readonly outcome: string;
  /** The day on which it converted or was lost, or the day up to which it was followed. */
  readonly end: string;
}

const DAY = 86_400_000;
const latest = (a: string, b: string) => (a > b ? a : b);
const earliest = (days: readonly string[]) => [...days].sort()[0]!;

/** The last day on which anything can have been seen. */
export function oracleObservationEnd({ until, knownAt, today }: CohortQuestion): string {
  return earliest([today, ...[until, knownAt].flatMap((cut) => (cut === undefined ? [] : [dayOf(cut)]))]);
}

/** The days from a day to a later one; net: only those on which the stage was not suspended. */
export function daysBetween(
  from: string,
  to: string,
  { toStage, net }: Pick<CohortQuestion, 'toStage' | 'net'>,
  catalogue: OracleCatalogue,
): number {
  let days = 0;
  for (let day = from; day < to; day = new Date(Date.parse(day) + DAY).toISOString().slice(0, 10)) {
    const closed = catalogue.suspensions.some(
      (one) => one.stage === toStage && one.from <= day && day < one.to,
    );
    if (!net || !closed) days++;
  }
  return days;
}

/** The entries of a stage in the window, with what the journey shows. */
function entriesOf(
  facts: readonly OracleFact[],
  question: OracleQuestion,
  catalogue: OracleCatalogue,
  stage: string,
): { entry: OracleEntry; seen: OracleFact[] }[] {
  return [...journeysOf(facts).values()].flatMap((journey) =>
    entriesOfJourney(journey, question, catalogue)
      .filter((entry) => entry.stage === stage)
      .filter((entry) => inWindow(entry.day, question) && passes(entry.dimensions, question))
      .map((entry) => ({ entry, seen: visible(journey, question) })),
  );
}

export function oracleMembers(
  facts: readonly OracleFact[],
  question: CohortQuestion,
  catalogue: OracleCatalogue,
): OracleMember[] {
  const nameOf = (stage: string) => ORACLE_STAGES.find(([, one]) => one === stage)![0];
  return entriesOf(facts, question, catalogue, question.fromStage).map(({ entry, seen }) => {
    const reached = seen.filter(
      (fact) => fact.name === nameOf(question.toStage) && fact.time >= entry.time,
    )[0];
    if (reached) return { ...entry, outcome: 'converted', end: dayOf(reached.time) };
    const last = seen.filter((fact) => ORACLE_STAGES.some(([name]) => name === fact.name)).at(-1)!;
    if (last.name === 'abandoned') return { ...entry, outcome: 'abandoned', end: dayOf(last.time) };
    if (last.name === 'not-admissible') return { ...entry, outcome: 'notAdmissible', end: dayOf(last.time) };
    return { ...entry, outcome: 'pending', end: latest(entry.day, oracleObservationEnd(question)) };
  });
}

const OUTCOMES = ['converted', 'abandoned', 'notAdmissible', 'pending'];

const outcomeCounts = (members: readonly OracleMember[]) =>
  Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, members.filter((one) => one.outcome === outcome).length]),
  );

/** Rows by month (where asked) and group, for whatever is counted; without both always one. */
export function oracleCells<T extends OracleEntry>(
  things: readonly T[],
  { groupBy, byMonth }: Pick<CohortQuestion, 'groupBy' | 'byMonth'>,
  catalogue: OracleCatalogue,
  row: (inside: readonly T[]) => Row,
): Row[] {
  const cellOf = ({ day, dimensions }: OracleEntry) => [
    byMonth ? day.slice(0, 7) : '',
    ...combination(dimensions, groupBy),
  ];
  const compare = compareCombinations(groupBy, catalogue);
  const cells = !byMonth && groupBy.length === 0 ? [['']] : distinct(things.map(cellOf));
  return cells
    .sort((a, b) => (a[0] === b[0] ? compare(a.slice(1), b.slice(1)) : a[0]! < b[0]! ? -1 : 1))
    .map(([month, ...values]) => ({
      ...(byMonth ? { month } : {}),
      ...named(groupBy, values),
      ...row(things.filter((thing) => cellOf(thing).join('|') === [month, ...values].join('|'))),
    }));
}

export function oracleCohort(
  facts: readonly OracleFact[],
  question: CohortQuestion,
  catalogue: OracleCatalogue,
): { items: Row[]; totals: Row } {
  const stage = question.fromStage;
  const later = ORACLE_FUNNEL.slice(ORACLE_FUNNEL.indexOf(stage) + 1);
  const towards = later.map((toStage) => oracleMembers(facts, { ...question, toStage }, catalogue));
  const entries = entriesOf(facts, question, catalogue, stage).map(({ entry }, index) => ({
    ...entry,
    index,
  }));
  const row = (inside: readonly { index: number }[]): Row => {
    const counts = later.map((to, i) => {
      const members = inside.map(({ index }) => towards[i]![index]!);
      return [to, outcomeCounts(members)] as const;
    });
    return {
      size: inside.length,
      reached: Object.fromEntries(counts.map(([to, { converted }]) => [to, converted])),
      outcomes: Object.fromEntries(counts),
    };
  };
  return { items: oracleCells(entries, question, catalogue, row), totals: row(entries) };
}

/** Whether both stages of the ratio have all that is asked by from the same kind of place. */
function ratioIsDefined({ fromStage, toStage, groupBy, filters }: CohortQuestion): boolean {
  const asked = [...groupBy, ...Object.keys(filters)];
  const shared: Record<string, string[]> = {
    'booked attended': ['venue', 'mode'],
    'saChosen pdsSigned': ['sa'],
  };
  return ['venue', 'mode', 'sa'].every(
    (key) => !asked.includes(key) || (shared[`${fromStage} ${toStage}`] ?? []).includes(key),
  );
}

export function oracleHysteresis(
  facts: readonly OracleFact[],
  question: CohortQuestion,
  catalogue: OracleCatalogue,
): { items: Row[]; totals: Row } {
  const hasRatio = ratioIsDefined(question);
  const members = oracleMembers(facts, question, catalogue).map((member) => ({ ...member, side: 'from' }));
  const reached = hasRatio
    ? entriesOf(facts, question, catalogue, question.toStage).map(({ entry }) => ({
        ...entry,
        outcome: '',
        end: '',
        side: 'to',
      }))
    : [];
  const row = (inside: readonly (OracleMember & { side: string })[]): Row => {
    const cohort = inside.filter(({ side }) => side === 'from');
    const numerator = inside.length - cohort.length;
    const periodRatio = {
      numerator,
      denominator: cohort.length,
      pct: oraclePct(numerator, cohort.length),
    };
    return hysteresisOf(cohort, question, catalogue, hasRatio ? periodRatio : null);
  };
  const all = [...members, ...reached];
  return { items: oracleCells(all, question, catalogue, row), totals: row(all) };
}

function hysteresisOf(
  members: readonly OracleMember[],
  question: CohortQuestion,
  catalogue: OracleCatalogue,
  periodRatio: Row | null,
): Row {
  const size = members.length;
  const { converted, abandoned, notAdmissible, pending } = outcomeCounts(members) as Record<string, number>;
  const followed = members.map(({ day, end, outcome }) => ({
    days: daysBetween(day, end, question, catalogue),
    kind:
      outcome === 'converted'
        ? ('event' as const)
        : outcome === 'pending'
          ? ('censored' as const)
          : ('loss' as const),
  }));
  const delays = followed
    .filter(({ kind }) => kind === 'event')
    .map(({ days }) => days)
    .sort((a, b) => a - b);
  const quantiles = { min: 0, p25: 0.25, median: 0.5, p75: 0.75, p90: 0.9, max: 1 };
  const curve = oracleCurve(followed);
  return {
    size,
    converted,
    abandoned,
    notAdmissible,
    pending,
    naiveLossPct: oraclePct(size - converted!, size),
    trueLossPct: oraclePct(abandoned! + notAdmissible!, size),
    hysteresisPct: oraclePct(pending!, size),
    delays:
      delays.length === 0
        ? null
        : {
            ...Object.fromEntries(
              Object.entries(quantiles).map(([name, p]) => [name, oracleQuantile(delays, p)]),
            ),
            mean: delays.reduce((a, b) => a + b, 0) / delays.length,
          },
    medianDays: oracleHalf(curve, 'cifConverted'),
    medianDaysIfNoLoss: oracleHalf(curve, 'survival'),
    ...oracleRestrictedMean(followed),
    periodRatio,
    curve,
  };
}
