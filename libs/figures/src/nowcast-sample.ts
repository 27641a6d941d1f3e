import { type Day, monthOfDay, romeDay } from '#calendar';
import { type Outcome, OUTCOMES } from '#measures';
import { CONVERTED, LOST, type NowcastSample, OpenDays, PENDING } from '#survival';
import { NO_CELL } from './answer-cells.js';
import { type CohortMembers } from './cohort-scan.js';
import { type JourneyFacts } from './journey-facts.js';

/** How the statistics call an outcome: to them a loss is a loss. */
const KINDS: Readonly<Record<Outcome, number>> = {
  converted: CONVERTED,
  abandoned: LOST,
  notAdmissible: LOST,
  pending: PENDING,
};
const KIND_OF = Uint8Array.from(OUTCOMES, (outcome) => KINDS[outcome]);

/** Until when a forecast looks at what happened, and at what was recorded. */
export interface ForecastDay {
  readonly observedTo: Day;
  readonly recordedTo: Day;
}

/**
 * The members of a cohort that have a cell, as the statistics of the nowcast take them. What is dated after the day of
 * the forecast is put on that day.
 */
export function nowcastSample(
  members: CohortMembers,
  cells: Int32Array,
  { day, recorded }: JourneyFacts,
  { observedTo, recordedTo }: ForecastDay,
  clock: OpenDays,
): NowcastSample {
  const rows: number[] = [];
  for (let i = 0; i < members.length; i++) if (cells[i] !== NO_CELL) rows.push(i);
  const sample = {
    ...{ observedTo, recordedTo, clock },
    entry: new Int32Array(rows.length),
    outcome: new Uint8Array(rows.length),
    day: new Int32Array(rows.length),
    recorded: new Int32Array(rows.length),
    cohort: new Int32Array(rows.length),
  };
  const months = new Map<Day, number>();
  rows.forEach((member, i) => {
    const entry = Math.min(observedTo, day[members.fact[member]!]!);
    let month = months.get(entry);
    if (month === undefined) months.set(entry, (month = monthOfDay(entry)));
    sample.entry[i] = entry;
    sample.cohort[i] = month;
    sample.outcome[i] = KIND_OF[members.outcome[member]!]!;
    const decision = members.decision[member]!;
    if (decision < 0) return;
    sample.day[i] = Math.min(observedTo, day[decision]!);
    sample.recorded[i] = Math.min(recordedTo, romeDay(recorded[decision]!));
  });
  return sample;
}

/**
 * The clock of conversions, for a cohort on the day of the forecast.
 *
 * @param closures when it stands still; `to` is the first day on which it goes on
 */
export function conversionClock(
  members: CohortMembers,
  { day }: JourneyFacts,
  { observedTo }: ForecastDay,
  closures: readonly { readonly from: Day; readonly to: Day }[],
): OpenDays {
  let first = observedTo;
  for (let i = 0; i < members.length; i++) first = Math.min(first, day[members.fact[i]!]!);
  return new OpenDays(
    first,
    observedTo,
    closures.map(({ from, to }) => ({ from, to: to - 1 })),
  );
}
