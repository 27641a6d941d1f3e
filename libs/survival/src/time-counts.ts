/** One observed subject: how long it was followed, and what ended it. */
export interface Observation {
  readonly time: number;
  /** The event of interest, a competing event, or nothing: then it was only followed up to here. */
  readonly end: 'event' | 'competing' | 'censored';
}

/** What happened to the subjects at one time. A censoring tied with an event comes after it. */
export interface TimeCounts {
  readonly time: number;
  /** Events of interest. */
  readonly events: number;
  /** Events that rule the event of interest out. */
  readonly competing: number;
  readonly censored: number;
}

/** The same with how many were still followed just before that time. */
export interface RiskCounts extends TimeCounts {
  readonly atRisk: number;
}

/** Observations as counts, a row for every time at which something happened, ascending. */
export function timeCounts(observations: Iterable<Observation>): TimeCounts[] {
  const byTime = new Map<number, { events: number; competing: number; censored: number }>();
  for (const { time, end } of observations) {
    let counts = byTime.get(time);
    if (!counts) byTime.set(time, (counts = { events: 0, competing: 0, censored: 0 }));
    counts[end === 'event' ? 'events' : end]++;
  }
  return [...byTime].sort(([a], [b]) => a - b).map(([time, counts]) => ({ time, ...counts }));
}

export const leaving = ({ events, competing, censored }: TimeCounts): number => events + competing + censored;

/** Counts with their risk sets. @param rows ascending by time, no time twice */
export function withRisk(rows: readonly TimeCounts[]): RiskCounts[] {
  let atRisk = rows.reduce((sum, row) => sum + leaving(row), 0);
  return rows.map((row) => {
    const { time, events, competing, censored } = row;
    const before = atRisk;
    atRisk -= leaving(row);
    return { time, events, competing, censored, atRisk: before };
  });
}

/** The same with the causes exchanged: what competed is of interest. */
export function exchanged<R extends TimeCounts>(rows: readonly R[]): R[] {
  return rows.map((row) => ({ ...row, events: row.competing, competing: row.events }));
}
