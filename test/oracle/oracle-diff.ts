import {
  cycleOf,
  dayOf,
  dimensionsOf,
  firstRegistered,
  journeysOf,
  ORACLE_STAGES,
  type OracleCatalogue,
  type OracleFact,
  visible,
} from './oracle-facts.js';
import { combination, inWindow, named, type OracleQuestion, passes } from './oracle-rows.js';

export interface OracleCause {
  /** JSON of month, groups and stage. */
  readonly cell: string;
  readonly direction: 'entered' | 'left';
  readonly class: string;
  /** `source id` of the fact of the entry. */
  readonly fact: string;
}

export const cellText = (month: string, groups: object, stage: string) =>
  JSON.stringify({ month, ...groups, stage });

interface Counted {
  readonly cell: string;
  readonly fact: OracleFact;
}

/** Of each stage and cycle of a journey the fact that enters it, with its cell where the selection counts it. */
function countedEntries(
  journey: readonly OracleFact[],
  question: OracleQuestion,
  knownAt: number,
  catalogue: OracleCatalogue,
): Map<string, Counted> {
  const cut = { until: question.until, knownAt };
  const registered = firstRegistered(journey, cut);
  const seen = visible(journey, cut);
  const counted = new Map<string, Counted>();
  for (const [name, stage] of ORACLE_STAGES) {
    for (const { code } of catalogue.cycles) {
      const fact = seen.find((one) => one.name === name && cycleOf(dayOf(one.time), catalogue) === code);
      if (!fact) continue;
      const day = dayOf(fact.time);
      const dimensions = dimensionsOf(fact, registered, catalogue);
      if (!inWindow(day, question) || !passes(dimensions, question)) continue;
      const groups = named(question.groupBy, combination(dimensions, question.groupBy));
      counted.set(`${stage} ${code}`, { fact, cell: cellText(day.slice(0, 7), groups, stage) });
    }
  }
  return counted;
}

function classOf(
  direction: 'entered' | 'left',
  fact: OracleFact,
  journey: readonly OracleFact[],
  { until, a, b }: { until?: number; a: number; b: number },
): string {
  const seenAt = (knownAt: number) => visible(journey, { until, knownAt });
  const retractedAt = (one: OracleFact) =>
    Math.min(
      ...journey
        .filter(
          ({ name, data }) => name === 'retracted' && data['source'] === one.source && data['id'] === one.id,
        )
        .map(({ recorded }) => recorded),
    );
  const siblings = journey.filter(({ name, recorded }) => name === fact.name && recorded <= b);
  if (direction === 'entered' && !seenAt(a).includes(fact)) {
    if (siblings.some((one) => retractedAt(one) > a && retractedAt(one) <= b)) return 'correction';
    return fact.time > a ? 'new' : 'late';
  }
  if (direction === 'left' && !seenAt(b).includes(fact)) {
    return siblings.some((one) => seenAt(b).includes(one) && !seenAt(a).includes(one))
      ? 'correction'
      : 'retraction';
  }
  return 'moved';
}

/** Every journey that enters or leaves a cell of the monthly funnel between two recorded dates, and why. */
export function oracleCauses(
  facts: readonly OracleFact[],
  question: OracleQuestion,
  dates: { a: number; b: number },
  catalogue: OracleCatalogue,
): OracleCause[] {
  return [...journeysOf(facts).values()].flatMap((journey) => {
    const before = countedEntries(journey, question, dates.a, catalogue);
    const after = countedEntries(journey, question, dates.b, catalogue);
    const cut = { until: question.until, ...dates };
    const cause = (direction: OracleCause['direction'], { cell, fact }: Counted): OracleCause => ({
      cell,
      direction,
      class: classOf(direction, fact, journey, cut),
      fact: `${fact.source} ${fact.id}`,
    });
    return [
      ...[...before]
        .filter(([key, one]) => after.get(key)?.cell !== one.cell)
        .map(([, one]) => cause('left', one)),
      ...[...after]
        .filter(([key, one]) => before.get(key)?.cell !== one.cell)
        .map(([, one]) => cause('entered', one)),
    ];
  });
}
