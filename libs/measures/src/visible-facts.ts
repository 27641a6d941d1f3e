import { type FactName, groupOf, type KnownFact, STAGE_ORDER } from '#events';
import { groupedBy } from './grouped-by.js';
import { type CutOffs } from './selection.js';

/** What the measures read of a fact. */
export type MeasuredFact<N extends FactName = FactName> = {
  [K in N]: Pick<
    KnownFact<K>,
    'name' | 'type' | 'source' | 'id' | 'subject' | 'time' | 'recorded' | 'position' | 'data'
  >;
}[N];

const STAGE_RANK = new Map(STAGE_ORDER.map((name, index) => [name, index]));

/** Sorts facts by when they happened. Ties go by stage, then by when they were recorded, at last by place in the log. */
export function compareFacts(
  a: Pick<MeasuredFact, 'name' | 'time' | 'recorded' | 'position'>,
  b: Pick<MeasuredFact, 'name' | 'time' | 'recorded' | 'position'>,
): number {
  return (
    a.time - b.time ||
    STAGE_RANK.get(a.name)! - STAGE_RANK.get(b.name)! ||
    a.recorded - b.recorded ||
    a.position - b.position
  );
}

/**
 * The facts of one subject group (a journey, a meeting, or the type and Rome day of facts without subject) that are
 * visible at the cut-offs, in order: what had happened by `until`, out of what was recorded and not yet taken back by
 * `knownAt`. A retraction works from its recorded time on, whatever its other time; it is never itself among them.
 */
export function visibleFacts<F extends MeasuredFact>(facts: readonly F[], cut: CutOffs): F[] {
  const known = facts.filter(({ recorded }) => cut.knownAt === undefined || recorded <= cut.knownAt);
  const takenBack = new Set<string>();
  for (const fact of known) if (fact.name === 'retracted') takenBack.add(identity(fact.data));
  return known
    .filter((fact) => fact.name !== 'retracted' && !takenBack.has(identity(fact)))
    .filter(({ time }) => cut.until === undefined || time <= cut.until)
    .sort(compareFacts);
}

/** The visible facts of many subject groups, group by group, each in order. */
export function visibleFactsByGroup<F extends MeasuredFact>(
  facts: Iterable<F>,
  cut: CutOffs,
): Map<string, F[]> {
  const groups = groupedBy<string, F>(facts, groupOf);
  return new Map([...groups].map(([name, group]) => [name, visibleFacts(group, cut)]));
}

function identity({ source, id }: { readonly source: string; readonly id: string }): string {
  // A control character is in neither of them.
  return `${source}\n${id}`;
}
