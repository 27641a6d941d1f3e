import { isoDay, romeDay } from '#calendar';
import { type FactName, type KnownFact, STAGE_ORDER } from '#events';
import { groupedBy } from './grouped-by.js';
import { type CutOffs } from './selection.js';

/** What the measures read of a fact. */
export type MeasuredFact<N extends FactName = FactName> = {
  [K in N]: Pick<
    KnownFact<K>,
    'name' | 'source' | 'id' | 'subject' | 'time' | 'recorded' | 'position' | 'data'
  >;
}[N];

const STAGE_RANK = new Map(STAGE_ORDER.map((name, index) => [name, index]));

/** The order of facts: by time, then stage order, then recorded time, then their place in the log. */
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
 * The facts of one subject group (see `subjectGroup`) that are visible at the cut-offs, in order: recorded by
 * `knownAt`, happened by `until`, and not taken back by a retraction recorded by `knownAt`. When a retraction says
 * that it happened plays no part, and retractions themselves are not shown.
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
  const groups = groupedBy(facts, subjectGroup);
  return new Map([...groups].map(([name, group]) => [name, visibleFacts(group, cut)]));
}

/**
 * The name of what a fact is about, which is also the scope of its `source` and `id`: the journey, the meeting, or
 * the type and Rome day of a fact without subject. A retraction belongs to the group of the fact that it takes back.
 */
export function subjectGroup(fact: MeasuredFact): string {
  const name = fact.name === 'retracted' ? retractedName(fact.data.type) : fact.name;
  if (fact.subject !== undefined) return `${name === 'meeting-held' ? 'meeting' : 'journey'}-${fact.subject}`;
  const day = fact.name === 'retracted' ? fact.data.day : isoDay(romeDay(fact.time));
  return `${name}-${day}`;
}

/** `meeting-held` of `it.mip.meeting-held.v1`; a retraction that names no type takes back a fact of its journey. */
function retractedName(type = ''): string {
  return /^it\.mip\.(.+)\.v\d+$/.exec(type)?.[1] ?? '';
}

function identity({ source, id }: { readonly source: string; readonly id: string }): string {
  // A control character is in neither of them.
  return `${source}\n${id}`;
}
