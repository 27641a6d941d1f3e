import { isoInstant } from '#calendar';
import { type Catalogue } from '#catalogue';
import { FUNNEL_STAGES, type FunnelStage, toCloudEvent } from '#events';
import { type CutOffs, type Entry, openDays, outcomeTowards } from '#measures';
import { type RowFact } from './fact-cells.js';

/**
 * What became of an entry of a funnel stage towards each later one, with the fact that decides it and how many days it
 * took, all and net of suspensions. Nothing for other stages.
 *
 * @param visible the journey's visible facts in order
 */
export function outcomesOf(
  entry: Entry,
  visible: readonly RowFact[],
  catalogue: Pick<Catalogue, 'isSuspended'>,
): Record<string, unknown> {
  const place = FUNNEL_STAGES.indexOf(entry.stage as FunnelStage);
  const later = place < 0 ? [] : FUNNEL_STAGES.slice(place + 1);
  return Object.fromEntries(
    later.map((toStage) => {
      const { outcome, fact, day } = outcomeTowards(visible, entry, toStage);
      const days = day === undefined ? null : day - entry.day;
      const netDays = day === undefined ? null : openDays(entry.day, day, toStage, catalogue);
      const decidedBy = fact ? { ...reference(fact), time: isoInstant(fact.time) } : null;
      return [toStage, { outcome, days, netDays, decidedBy }];
    }),
  );
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
