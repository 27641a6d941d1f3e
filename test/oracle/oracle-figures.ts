import {
  entriesOfJourney,
  dayOf,
  firstRegistered,
  journeysOf,
  ORACLE_STAGES,
  visible,
  type OracleCatalogue,
  type OracleCut,
  type OracleEntry,
  type OracleFact,
} from './oracle-facts.js';
import {
  combination,
  compareCombinations,
  distinct,
  inWindow,
  monthlyRows,
  named,
  type OracleQuestion,
  passes,
  type Row,
} from './oracle-rows.js';

function stageCounts(entries: readonly OracleEntry[]): Row {
  const count = (stage: string, returningOnly: boolean) =>
    entries.filter((entry) => entry.stage === stage && (!returningOnly || entry.returning)).length;
  return {
    ...Object.fromEntries(ORACLE_STAGES.map(([, stage]) => [stage, count(stage, false)])),
    returning: Object.fromEntries(ORACLE_STAGES.map(([, stage]) => [stage, count(stage, true)])),
  };
}

function allEntries(facts: readonly OracleFact[], cut: OracleCut, catalogue: OracleCatalogue): OracleEntry[] {
  return [...journeysOf(facts).values()].flatMap((journey) => entriesOfJourney(journey, cut, catalogue));
}

/** The monthly or cumulative funnel. */
export function oracleFunnel(
  facts: readonly OracleFact[],
  question: OracleQuestion,
  catalogue: OracleCatalogue,
  kind: 'monthly' | 'cumulative',
): { items: Row[]; totals: Row } {
  const { groupBy } = question;
  const {
    months,
    groups,
    inside: entries,
  } = monthlyRows(allEntries(facts, question, catalogue), question, catalogue);
  const items = months.flatMap((month) =>
    groups.map((values) => ({
      month,
      ...named(groupBy, values),
      ...stageCounts(
        entries.filter(
          ({ day, dimensions }) =>
            (kind === 'monthly' ? day.slice(0, 7) === month : day.slice(0, 7) <= month) &&
            combination(dimensions, groupBy).join('|') === values.join('|'),
        ),
      ),
    })),
  );
  return { items, totals: stageCounts(entries) };
}

/** Half up to two decimals, on integers. */
export function oraclePct(numerator: number, denominator: number): number | null {
  if (denominator === 0) return null;
  const scaled = (BigInt(numerator) * 20_000n + BigInt(denominator)) / (2n * BigInt(denominator));
  return Number(scaled) / 100;
}

/** Entries of `toStage` over entries of `fromStage` in the window. */
export function oraclePeriodRatio(
  facts: readonly OracleFact[],
  question: OracleQuestion & { fromStage: string; toStage: string; byMonth: boolean },
  catalogue: OracleCatalogue,
): { items: Row[]; totals: Row } {
  const entries = allEntries(facts, question, catalogue).filter(
    (entry) => passes(entry.dimensions, question) && inWindow(entry.day, question),
  );
  const ratio = (of: readonly OracleEntry[]): Row => {
    const numerator = of.filter(({ stage }) => stage === question.toStage).length;
    const denominator = of.filter(({ stage }) => stage === question.fromStage).length;
    return { numerator, denominator, pct: oraclePct(numerator, denominator) };
  };
  const sides = entries.filter(({ stage }) => stage === question.fromStage || stage === question.toStage);
  const keys = [...(question.byMonth ? ['month'] : []), ...question.groupBy];
  const cellOf = (entry: OracleEntry) => [
    ...(question.byMonth ? [entry.day.slice(0, 7)] : []),
    ...combination(entry.dimensions, question.groupBy),
  ];
  const compare = compareCombinations(question.groupBy, catalogue);
  const skip = question.byMonth ? 1 : 0;
  const cells = keys.length === 0 ? [[]] : distinct(sides.map(cellOf));
  cells.sort((a, b) =>
    question.byMonth && a[0] !== b[0] ? (a[0]! < b[0]! ? -1 : 1) : compare(a.slice(skip), b.slice(skip)),
  );
  const items = cells.map((cell) => ({
    ...named(keys, cell),
    ...ratio(sides.filter((entry) => cellOf(entry).join('|') === cell.join('|'))),
  }));
  return { items, totals: ratio(sides) };
}

/** Absence by the territory of the journey's first registered fact. */
export function oracleAbsence(
  facts: readonly OracleFact[],
  question: OracleQuestion,
  catalogue: OracleCatalogue,
): { items: Row[]; totals: Row } {
  const journeys = [...journeysOf(facts).values()].map((journey) =>
    absenceOfJourney(journey, question, catalogue),
  );
  const counted = journeys.filter(({ territory, concerned }) => concerned && passes({ territory }, question));
  const sum = (rows: typeof counted): Row => {
    const total = (value: (row: (typeof counted)[number]) => number) =>
      rows.reduce((before, row) => before + value(row), 0);
    const registered = total((row) => Number(row.registered));
    const carriedOver = total((row) => Number(row.carriedOver));
    const notParticipating = total((row) => Number(row.notParticipating));
    const absences = total((row) => row.absences);
    const attendances = total((row) => row.attendances);
    return {
      registered,
      carriedOver,
      notParticipating,
      nonParticipationPct: oraclePct(notParticipating, registered + carriedOver),
      absences,
      attendances,
      noShowPct: oraclePct(absences, absences + attendances),
    };
  };
  if (question.groupBy.length === 0) return { items: [sum(counted)], totals: sum(counted) };
  const territories = distinct(counted.map(({ territory }) => [territory])).sort(
    compareCombinations(['territory'], catalogue),
  );
  return {
    items: territories.map(([territory]) => ({
      territory,
      ...sum(counted.filter((row) => row.territory === territory)),
    })),
    totals: sum(counted),
  };
}

function absenceOfJourney(
  journey: readonly OracleFact[],
  question: OracleQuestion,
  catalogue: OracleCatalogue,
) {
  const seen = visible(journey, question);
  const entries = entriesOfJourney(journey, question, catalogue);
  const has = (stage: string) =>
    entries.some((entry) => entry.stage === stage && inWindow(entry.day, question));
  const firstSeen = seen.find((fact) => fact.name === 'registered');
  const registered = has('registered');
  const before =
    firstSeen !== undefined && question.from !== undefined && dayOf(firstSeen.time) < question.from;
  const carriedOver = !registered && before && has('attended');
  const factsOf = (name: string) =>
    seen.filter((fact) => fact.name === name && inWindow(dayOf(fact.time), question)).length;
  const absences = factsOf('absent');
  const attendances = factsOf('attended');
  return {
    territory: (firstRegistered(journey, question)?.data['territory'] as string | undefined) ?? 'unknown',
    registered,
    carriedOver,
    notParticipating: (registered || carriedOver) && !has('attended'),
    absences,
    attendances,
    concerned: registered || carriedOver || absences + attendances > 0,
  };
}

/** How many journeys are in each status. */
export function oracleStock(
  facts: readonly OracleFact[],
  question: OracleQuestion,
  catalogue: OracleCatalogue,
): { items: Row[]; totals: Row } {
  const stageNames = new Map(ORACLE_STAGES);
  const journeys = [...journeysOf(facts).values()].flatMap((journey) => {
    const last = visible(journey, question)
      .filter((fact) => stageNames.has(fact.name))
      .at(-1);
    if (!last) return [];
    const registered = firstRegistered(journey, question);
    const profile = (registered?.data['profile'] ?? {}) as Record<string, string>;
    const dimensions = {
      territory: (registered?.data['territory'] as string | undefined) ?? 'unknown',
      gender: profile['gender'] ?? 'unknown',
      education: profile['education'] ?? 'unknown',
      employment: profile['employment'] ?? 'unknown',
    };
    return passes(dimensions, question) ? [{ status: stageNames.get(last.name)!, dimensions }] : [];
  });
  const { groupBy } = question;
  const statuses = ORACLE_STAGES.map(([, stage]) => stage);
  const items = distinct(journeys.map(({ dimensions }) => combination(dimensions, groupBy)))
    .sort(compareCombinations(groupBy, catalogue))
    .flatMap((values) =>
      statuses.map((status) => ({
        ...named(groupBy, values),
        status,
        journeys: journeys.filter(
          (journey) =>
            journey.status === status &&
            combination(journey.dimensions, groupBy).join('|') === values.join('|'),
        ).length,
      })),
    )
    .filter((row) => row.journeys > 0);
  return { items, totals: { journeys: journeys.length } };
}
