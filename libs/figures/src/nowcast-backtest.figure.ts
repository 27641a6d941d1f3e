import { type Day, endOfDay, isoDay, lastDayOfMonth, monthOfDay } from '#calendar';
import { STAGE_ORDER, stageOf } from '#events';
import { checkRowCount, GroupTable, openDays, type RowNames, type Selection } from '#measures';
import { type Nowcast } from '#survival';
import { type CohortMembers } from './cohort-scan.js';
import { boundsOf } from './cut-offs.js';
import { type FigureBody, type FigureSource } from './figure-body.js';
import { type JourneyColumns } from './journey-columns.js';
import { hadReached, type JourneyEnds, journeyEnds } from './journey-ends.js';
import { everybody, forecast, forecastDay, type NowcastQuestion } from './nowcast.figure.js';
import { emptyPendingSet, fillPendingSets, type PendingSet } from './pending-sets.js';

/** What is known today of those who were pending at a past month end. */
interface Recorded {
  readonly recordedConverted: number;
  readonly recordedLost: number;
  readonly recordedEventually: number;
}

interface BacktestItem extends Nowcast, Recorded {
  readonly knownAt: string;
  /** Those whose end was forecast have all been watched up to the horizon since. */
  readonly settled: boolean;
}

/**
 * The nowcast as it would have been made at the end of each past month, from what was recorded by then, beside what is
 * recorded now. Only months after which something was recorded: what nobody wrote about tells nothing of a forecast.
 *
 * @param today the day of the answer
 * @throws MeasureError `too-many-rows`
 */
export function nowcastBacktest(
  source: FigureSource<JourneyColumns>,
  selection: Selection,
  question: NowcastQuestion,
  today: Day,
): FigureBody {
  const { observedTo } = forecastDay(selection, today);
  const inTheEnd = journeyEnds(source.columns, question.toStage, boundsOf(selection));
  const items = monthEnds(source.columns, selection, question, observedTo).flatMap((end) =>
    backtestAt(source, selection, question, end, observedTo, inTheEnd),
  );
  checkRowCount(items.length);
  return {
    items: items.map((item) => ({ ...item })),
    totals: coverage(items),
    findings: { observationEnd: isoDay(observedTo) },
  };
}

/** The month ends from the first entry on, before the last visible record and not after the observation end. */
function monthEnds(
  { facts }: JourneyColumns,
  selection: Selection,
  { fromStage }: NowcastQuestion,
  observedTo: Day,
): Day[] {
  const { from, to, until, knownAt } = boundsOf(selection);
  const type = STAGE_ORDER.findIndex((name) => stageOf(name) === fromStage);
  let first = Infinity;
  let lastRecord = -Infinity;
  for (let row = 0; row < facts.length; row++) {
    const recorded = facts.recorded[row]!;
    if (recorded > knownAt || facts.retractedAt[row]! <= knownAt || facts.time[row]! > until) continue;
    lastRecord = Math.max(lastRecord, recorded);
    const day = facts.day[row]!;
    if (facts.name[row] === type && day >= from && day <= to) first = Math.min(first, day);
  }
  const ends: Day[] = [];
  if (first === Infinity) return ends;
  for (let month = monthOfDay(first); ; month++) {
    const end = lastDayOfMonth(month);
    if (end >= observedTo || endOfDay(end) >= lastRecord) return ends;
    ends.push(end);
  }
}

function backtestAt(
  source: FigureSource<JourneyColumns>,
  selection: Selection,
  question: NowcastQuestion,
  end: Day,
  observedTo: Day,
  inTheEnd: JourneyEnds,
): (RowNames & BacktestItem)[] {
  const { columns, catalogue } = source;
  const then = { ...selection, until: endOfDay(end), knownAt: endOfDay(end) };
  const members = everybody(source, then, question);
  const table = new GroupTable(selection.groupBy, emptyPendingSet);
  fillPendingSets(members, columns.facts, catalogue, then, end, (group) => [table.at(group)]);
  const rows = table.inOrder(catalogue);
  const day = { observedTo: end, recordedTo: end };
  const sets = rows.map(({ value }) => value.byEntry);
  const { nowcasts, basis, reaches } = forecast(source, selection, question, day, members, sets);
  const byThen = journeyEnds(columns, question.toStage, { ...boundsOf(selection), until: endOfDay(end) });
  return rows.map(({ names, value }, i) => ({
    knownAt: isoDay(end),
    ...names,
    ...nowcasts[i]!,
    ...recordedOf(value, source, members, { byThen, inTheEnd, reaches }),
    settled:
      basis.horizonDays !== null && watchedSince(source, question, end, observedTo) >= basis.horizonDays,
  }));
}

interface Hindsight {
  readonly byThen: JourneyEnds;
  readonly inTheEnd: JourneyEnds;
  /** Whether the end of those who entered on a day was forecast. */
  readonly reaches: (entry: Day) => boolean;
}

/** What is on record now of those who were pending then. */
function recordedOf(
  { pending }: PendingSet,
  { columns: { facts } }: FigureSource<JourneyColumns>,
  { fact }: CohortMembers,
  { byThen, inTheEnd, reaches }: Hindsight,
): Recorded {
  const counts = { recordedConverted: 0, recordedLost: 0, recordedEventually: 0 };
  for (const place of pending) {
    const journey = facts.journey[fact[place]!]!;
    const entered = facts.time[fact[place]!]!;
    if (reaches(facts.day[fact[place]!]!) && hadReached(inTheEnd, journey, entered))
      counts.recordedEventually++;
    if (hadReached(byThen, journey, entered)) counts.recordedConverted++;
    else if (byThen.lost[journey] === 1) counts.recordedLost++;
  }
  return counts;
}

/** Days on the clock of conversions from one day to another. */
function watchedSince(
  { catalogue }: FigureSource<JourneyColumns>,
  { toStage, net }: NowcastQuestion,
  from: Day,
  to: Day,
): number {
  return net ? openDays(from + 1, to + 1, toStage, catalogue) : to - from;
}

const COMPARED = [
  ['alreadyConverted', 'recordedConverted'],
  ['alreadyLost', 'recordedLost'],
  ['eventuallyConverted', 'recordedEventually'],
] as const;

/** How often what is recorded lies within the limits of the forecasts, where there is one and its time has come. */
function coverage(items: readonly BacktestItem[]) {
  const empty = () => ({ compared: 0, within80: 0, within95: 0 });
  const all = { alreadyConverted: empty(), alreadyLost: empty(), eventuallyConverted: empty() };
  for (const item of items) {
    for (const [target, recorded] of COMPARED) {
      const { low80, high80, low95, high95 } = item[target];
      if (low80 === null || high80 === null || low95 === null || high95 === null || item.pending === 0)
        continue;
      if (target === 'eventuallyConverted' && !item.settled) continue;
      all[target].compared++;
      if (low80 <= item[recorded] && item[recorded] <= high80) all[target].within80++;
      if (low95 <= item[recorded] && item[recorded] <= high95) all[target].within95++;
    }
  }
  const sum = Object.values(all).reduce(
    (a, b) => ({
      compared: a.compared + b.compared,
      within80: a.within80 + b.within80,
      within95: a.within95 + b.within95,
    }),
    empty(),
  );
  const months = new Set(items.map(({ knownAt }) => knownAt)).size;
  return {
    months,
    ...shares(sum),
    ...Object.fromEntries(Object.entries(all).map(([target, counts]) => [target, shares(counts)])),
  };
}

function shares({ compared, within80, within95 }: Record<'compared' | 'within80' | 'within95', number>) {
  const share = (within: number) => (compared === 0 ? null : within / compared);
  return { compared, within80, within95, coverage80: share(within80), coverage95: share(within95) };
}
