import { oracleSettledTo } from './oracle-delay.js';
import {
  dayOf,
  journeysOf,
  ORACLE_STAGES,
  type OracleCatalogue,
  type OracleFact,
  visible,
} from './oracle-facts.js';
import { type CohortQuestion, oracleCells, type OracleMember, oracleMembers } from './oracle-cohorts.js';
import { type Row } from './oracle-rows.js';

const DAY = 86_400_000;
const nextDay = (day: string) => new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);
const monthOf = (day: string) => day.slice(0, 7);

/** The days of a month. */
function daysOf(month: string): string[] {
  const days: string[] = [];
  for (let day = `${month}-01`; monthOf(day) === month; day = nextDay(day)) days.push(day);
  return days;
}

const after = (month: string) => monthOf(nextDay(daysOf(month).at(-1)!));

/** The ages of a cohort up to a month: of each the months that belong to it, the last one up to the next that counts. */
function agesOf(
  cohort: string,
  upTo: string,
  { toStage, net }: CohortQuestion,
  { suspensions }: OracleCatalogue,
): string[][] {
  const closed = (day: string) =>
    suspensions.some(({ stage, from, to }) => stage === toStage && from <= day && day < to);
  const counts = (month: string) => !net || daysOf(month).some((day) => !closed(day));
  const ages = [[cohort]];
  for (let month = after(cohort); month <= upTo || !counts(month); month = after(month)) {
    if (counts(month)) ages.push([month]);
    else ages.at(-1)!.push(month);
  }
  return ages;
}

/**
 * What had become of cohorts by the end of each age.
 *
 * @param now the instant of the answer; the question's `today` is its day
 */
export function oracleTriangle(
  facts: readonly OracleFact[],
  question: CohortQuestion,
  catalogue: OracleCatalogue,
  now: number,
): { items: Row[]; totals: Row } {
  const lastMoment = Math.min(now, question.until ?? Infinity, question.knownAt ?? Infinity);
  // A day is over when the next moment belongs to another one.
  const isOver = (day: string) => dayOf(lastMoment + 1) > day;
  const members = oracleMembers(facts, question, catalogue);
  const seen = [...journeysOf(facts).values()].flatMap((journey) => visible(journey, question));
  const settledTo = (stage: string) => {
    const name = ORACLE_STAGES.find(([, one]) => one === stage)![0];
    return oracleSettledTo(
      seen.filter((fact) => fact.name === name),
      Math.min(now, question.knownAt ?? Infinity),
    );
  };
  const entriesTo = settledTo(question.fromStage);
  const outcomesTo = [question.toStage, 'abandoned', 'notAdmissible'].map(settledTo).sort()[0]!;
  /** What counts of the days up to one is settled; nothing counts after `until`. */
  const settled = (day: string, upTo: string) =>
    [day, question.until === undefined ? day : dayOf(question.until)].sort()[0]! <= upTo;

  const cellsOf = (cohort: readonly OracleMember[]) => {
    const month = monthOf(cohort[0]!.day);
    const decided = cohort.filter(({ outcome }) => outcome !== 'pending').map((one) => monthOf(one.end));
    const upTo = [monthOf(dayOf(lastMoment)), month, ...decided].sort().at(-1)!;
    return agesOf(month, upTo, question, catalogue).map((months, age) => {
      const last = daysOf(months.at(-1)!).at(-1)!;
      const by = (outcomes: string[]) =>
        cohort.filter((one) => outcomes.includes(one.outcome) && one.end <= last).length;
      const converted = by(['converted']);
      const lost = by(['abandoned', 'notAdmissible']);
      const lastEntry = [daysOf(month).at(-1)!, question.to ?? '9999-12-31'].sort()[0]!;
      const recorded = settled(lastEntry, entriesTo) && settled(last, outcomesTo);
      return {
        age,
        converted,
        lost,
        pending: cohort.length - converted - lost,
        complete: isOver(last),
        recorded,
      };
    });
  };

  const row = (cohort: readonly OracleMember[]): Row => ({ size: cohort.length, cells: cellsOf(cohort) });
  const items = oracleCells(members, { groupBy: question.groupBy, byMonth: true }, catalogue, row);
  const months = [...new Set(members.map(({ day }) => monthOf(day)))];
  const cohorts = months.map((month) => members.filter(({ day }) => monthOf(day) === month));
  const oldest = Math.max(0, ...cohorts.map((cohort) => cellsOf(cohort).length));
  const cells = Array.from({ length: oldest }, (_, age) => {
    const complete = cohorts.filter((cohort) => cellsOf(cohort)[age]?.complete);
    const sum = (name: 'converted' | 'lost' | 'pending') =>
      complete.reduce((total, cohort) => total + cellsOf(cohort)[age]![name], 0);
    return {
      age,
      cohorts: complete.length,
      size: complete.flat().length,
      converted: sum('converted'),
      lost: sum('lost'),
      pending: sum('pending'),
      recorded: complete.every((cohort) => cellsOf(cohort)[age]!.recorded),
    };
  }).filter(({ cohorts: of }) => of > 0);
  return { items, totals: { size: members.length, cells } };
}
