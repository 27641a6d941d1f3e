import { type FactName, fullType, groupOf, type KnownFact, stageOf, type StoredFact } from '#events';
import { type CutOffs, type MeasuredFact } from '#measures';

/** A fact of a journey, which has a subject. */
export type JourneyFact = MeasuredFact & { readonly subject: string };

/** Whether the funnel at the cut-offs can depend on the fact: a stage of a journey, or the retraction of one. */
export function concernsFunnel(
  stored: StoredFact,
  fact: KnownFact,
  { until, knownAt }: CutOffs,
): fact is KnownFact & JourneyFact {
  if (knownAt !== undefined && fact.recorded > knownAt) return false;
  if (fact.name === 'retracted') return groupOf(stored).startsWith('journey-');
  // Who a person is does not depend on `until`.
  const inTime = until === undefined || fact.time <= until || fact.name === 'registered';
  return inTime && stageOf(fact.name) !== undefined;
}

type Line = [
  name: FactName,
  source: string,
  id: string,
  subject: string,
  time: number,
  recorded: number,
  position: number,
  data: unknown,
];

/** What the measures read of a fact, as one line of text. */
export function writeLine({
  name,
  source,
  id,
  subject,
  time,
  recorded,
  position,
  data,
}: JourneyFact): string {
  return `${JSON.stringify([name, source, id, subject, time, recorded, position, data] satisfies Line)}\n`;
}

/** The fact that a line was written from. */
export function readLine(line: string): JourneyFact {
  const [name, source, id, subject, time, recorded, position, data] = JSON.parse(line) as Line;
  const fact = { name, type: fullType(name), source, id, subject, time, recorded, position, data };
  return fact as JourneyFact;
}
