import { type RiskCounts, withRisk } from '#survival';
import { type Outcome } from './outcomes.js';

/** How many members of a cohort had which outcome so many days after their entry; pending ones were followed that far. */
export interface DelayCounts extends Readonly<Record<Outcome, number>> {
  readonly day: number;
}

/** Single delays as counts, ascending by day. */
export function delayCounts(
  members: Iterable<{ readonly day: number; readonly outcome: Outcome }>,
): DelayCounts[] {
  const byDay = new Map<number, Record<Outcome, number>>();
  for (const { day, outcome } of members) {
    let counts = byDay.get(day);
    if (!counts) byDay.set(day, (counts = { converted: 0, abandoned: 0, notAdmissible: 0, pending: 0 }));
    counts[outcome]++;
  }
  return [...byDay].sort(([a], [b]) => a - b).map(([day, counts]) => ({ day, ...counts }));
}

/** The same for statistics: converting is the event, being lost competes with it, who is pending was censored. */
export function riskOf(days: readonly DelayCounts[]): RiskCounts[] {
  return withRisk(
    days.map(({ day, converted, abandoned, notAdmissible, pending }) => ({
      time: day,
      events: converted,
      competing: abandoned + notAdmissible,
      censored: pending,
    })),
  );
}
