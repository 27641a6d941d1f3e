import { type Day, isoDay, isoInstant } from '#calendar';
import { type Catalogue } from '#catalogue';
import { FUNNEL_STAGES, type FunnelStage, toCloudEvent } from '#events';
import { type CutOffs, type DecidedOutcome, type Entry, openDays, outcomeTowards } from '#measures';
import { type RowFact } from './fact-cells.js';

/** A journey as it is seen at the cut-offs. */
export interface SeenJourney {
  /** Its visible facts in order. */
  readonly visible: readonly RowFact[];
  /** The last day on which anything of it can have been seen. */
  readonly observationEnd: Day;
}

/**
 * What became of an entry of a funnel stage towards each later one, with the fact that decides it and how many days it
 * took, all and net of suspensions; of the pending the last status fact and how far they were followed. Nothing for
 * other stages.
 */
export function outcomesOf(
  entry: Entry,
  { visible, observationEnd }: SeenJourney,
  catalogue: Pick<Catalogue, 'isSuspended'>,
): Record<string, unknown> {
  const place = FUNNEL_STAGES.indexOf(entry.stage as FunnelStage);
  const later = place < 0 ? [] : FUNNEL_STAGES.slice(place + 1);
  return Object.fromEntries(
    later.map((toStage) => {
      const decided = outcomeTowards(visible, entry, toStage);
      const { outcome, day } = decided;
      const days = day === undefined ? null : day - entry.day;
      const netDays = day === undefined ? null : openDays(entry.day, day, toStage, catalogue);
      return [toStage, { outcome, days, netDays, ...reasonOf(decided, observationEnd) }];
    }),
  );
}

function reasonOf({ outcome, fact }: DecidedOutcome<RowFact>, observationEnd: Day) {
  const told = fact ? { ...reference(fact), time: isoInstant(fact.time) } : null;
  return outcome === 'pending'
    ? { decidedBy: null, leftOpenBy: told, followedTo: isoDay(observationEnd) }
    : { decidedBy: told, leftOpenBy: null, followedTo: null };
}

/** The facts that were known and then taken back, with the retraction that did and since when that was known. */
export function takenBack(facts: readonly RowFact[], { knownAt = Infinity }: CutOffs) {
  const known = facts.filter(({ recorded }) => recorded <= knownAt);
  return known.flatMap((fact) => {
    const [first] = known
      .filter((one) => one.name === 'retracted' && one.data.source === fact.source && one.data.id === fact.id)
      .sort((a, b) => a.recorded - b.recorded);
    if (!first) return [];
    const { retractedBy, knownSince } = {
      retractedBy: reference(first),
      knownSince: isoInstant(first.recorded),
    };
    return [{ fact: toCloudEvent(fact.sent), retractedBy, knownSince }];
  });
}

const reference = ({ source, id, type }: RowFact) => ({ source, id, type });
