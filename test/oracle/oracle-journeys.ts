import {
  cycleOf,
  dayOf,
  dimensionsOf,
  firstRegistered,
  journeysOf,
  ORACLE_STAGES,
  type OracleCatalogue,
  type OracleCut,
  type OracleFact,
  visible,
} from './oracle-facts.js';
import { inWindow, type OracleQuestion, passes, type Row } from './oracle-rows.js';

export interface OracleSuspensions {
  readonly suspensions: readonly { readonly stage: string; readonly from: string; readonly to: string }[];
}

export interface OracleTowards {
  readonly toStage: string;
  readonly outcome?: string;
  readonly minDelayDays?: number;
  readonly maxDelayDays?: number;
  readonly net: boolean;
}

export type OraclePeople =
  | { readonly stage: string; readonly returning: boolean; readonly towards?: OracleTowards }
  | { readonly status: string };

const stageNames = new Map(ORACLE_STAGES);

/** Every day from one to before another, one after the other. */
function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day < to;) {
    days.push(day);
    day = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  }
  return days;
}

function outcomeOf(
  entry: OracleFact,
  seen: readonly OracleFact[],
  { toStage, net }: OracleTowards,
  { suspensions }: OracleSuspensions,
): { outcome: string; delayDays?: number } {
  const later = seen.filter((fact) => stageNames.get(fact.name) === toStage && fact.time >= entry.time);
  if (later.length > 0) {
    const closed = (day: string) =>
      suspensions.some(({ stage, from, to }) => stage === toStage && from <= day && day < to);
    const days = daysBetween(dayOf(entry.time), dayOf(later[0]!.time));
    return { outcome: 'converted', delayDays: days.filter((day) => !net || !closed(day)).length };
  }
  const status = stageNames.get(seen.filter((fact) => stageNames.has(fact.name)).at(-1)!.name)!;
  return { outcome: status === 'abandoned' || status === 'notAdmissible' ? status : 'pending' };
}

/** The facts by which a journey enters a stage, and whether it had in an earlier cycle. */
function entryFacts(seen: readonly OracleFact[], stage: string, catalogue: OracleCatalogue) {
  const cycles: string[] = [];
  return seen
    .filter((fact) => stageNames.get(fact.name) === stage)
    .flatMap((fact) => {
      const cycle = cycleOf(dayOf(fact.time), catalogue);
      if (cycles.includes(cycle)) return [];
      cycles.push(cycle);
      return [{ fact, returning: cycles.length > 1 }];
    });
}

function listed(
  id: string,
  journey: readonly OracleFact[],
  question: OracleQuestion,
  people: OraclePeople,
  catalogue: OracleCatalogue & OracleSuspensions,
): Row[] {
  const seen = visible(journey, question);
  const last = seen.filter((fact) => stageNames.has(fact.name)).at(-1);
  if (!last) return [];
  const registered = firstRegistered(journey, question);
  const status = stageNames.get(last.name);
  if ('status' in people) {
    const profile = (registered?.data['profile'] ?? {}) as Record<string, string>;
    const dimensions = {
      territory: (registered?.data['territory'] as string | undefined) ?? 'unknown',
      gender: profile['gender'] ?? 'unknown',
      education: profile['education'] ?? 'unknown',
      employment: profile['employment'] ?? 'unknown',
    };
    if (status !== people.status || !passes(dimensions, question)) return [];
    return [{ id, status, day: dayOf(last.time), ...dimensions }];
  }
  const { towards } = people;
  return entryFacts(seen, people.stage, catalogue).flatMap(({ fact, returning }) => {
    const day = dayOf(fact.time);
    const dimensions = dimensionsOf(fact, registered, catalogue);
    if (!inWindow(day, question) || !passes(dimensions, question)) return [];
    if (people.returning && !returning) return [];
    const fate = towards && outcomeOf(fact, seen, towards, catalogue);
    if (towards && fate) {
      if (towards.outcome !== undefined && fate.outcome !== towards.outcome) return [];
      const { delayDays = NaN } = fate;
      if (towards.minDelayDays !== undefined && !(delayDays >= towards.minDelayDays)) return [];
      if (towards.maxDelayDays !== undefined && !(delayDays <= towards.maxDelayDays)) return [];
    }
    return [{ id, status, day, ...dimensions, ...fate }];
  });
}

/** The journeys behind a figure, by day and id. */
export function oracleJourneys(
  facts: readonly OracleFact[],
  question: OracleQuestion & OracleCut,
  people: OraclePeople,
  catalogue: OracleCatalogue & OracleSuspensions,
): Row[] {
  const key = (row: Row) => `${String(row['day'])} ${String(row['id'])}`;
  return [...journeysOf(facts)]
    .flatMap(([id, journey]) => listed(id, journey, question, people, catalogue))
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
