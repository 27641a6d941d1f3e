import { type Day, endOfDay, isoDay, lastDayOfMonth, monthOfDay } from '#calendar';
import { type Stage, STAGE_ORDER, stageOf } from '#events';
import { checkRowCount, GroupTable, openDays, type RowNames, type Selection } from '#measures';
import { CONVERTED, daysUntilRecorded, LOST, type NowcastSample } from '#survival';
import { type BacktestItem, coverage, type Recorded } from './backtest-coverage.js';
import { type CohortMembers } from './cohort-scan.js';
import { boundsOf } from './cut-offs.js';
import { type FigureBody, type FigureSource } from './figure-body.js';
import { type JourneyColumns } from './journey-columns.js';
import { hadReached, type JourneyEnds, journeyEnds } from './journey-ends.js';
import { type ForecastDay } from './nowcast-sample.js';
import { nowcastWarnings } from './nowcast-warnings.js';
import { everybody, forecast, forecastDay, type NowcastQuestion, sampleOf } from './nowcast.figure.js';
import { emptyPendingSet, fillPendingSets, type PendingSet } from './pending-sets.js';

const LOSSES: readonly Stage[] = ['abandoned', 'notAdmissible'];

/** A conversion or loss is taken to be on record after the time within which this share of them is. */
const RECORDED_SHARE = 0.99;
/** Month ends further back than the last so many are left out: each is a forecast of its own. */
const MOST_MONTHS = 120;

/** What a backtest knows now. */
interface Now extends ForecastDay {
  readonly inTheEnd: JourneyEnds;
  /** Days after which nearly all conversions and losses are on record. */
  readonly recordedWithin: { readonly converted: number; readonly lost: number };
}

/**
 * The nowcast as it would have been made at the end of each past month, from what was recorded by then, beside what is
 * recorded now. Only months after which something was recorded of those who were waiting: what nobody wrote about tells
 * nothing of a forecast.
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
  const day = forecastDay(selection, today);
  const sample = sampleOf(source, selection, question, day, everybody(source, selection, question));
  const now: Now = {
    ...day,
    inTheEnd: journeyEnds(source.columns, question.toStage, boundsOf(selection)),
    recordedWithin: recordedWithin(sample),
  };
  const items = monthEnds(source.columns, selection, question, day.observedTo)
    .slice(-MOST_MONTHS)
    .flatMap((end) => backtestAt(source, selection, question, end, now));
  checkRowCount(items.length);
  return {
    items: items.map((item) => ({ ...item })),
    totals: coverage(items),
    findings: {
      observationEnd: isoDay(day.observedTo),
      warnings: nowcastWarnings(source.catalogue, selection, question, sample),
    },
  };
}

function recordedWithin(sample: NowcastSample): Now['recordedWithin'] {
  return {
    converted: daysUntilRecorded(sample, CONVERTED, RECORDED_SHARE),
    lost: daysUntilRecorded(sample, LOST, RECORDED_SHARE),
  };
}

/**
 * The month ends from the first entry on, not after the observation end, and before the last record of an entry, a
 * conversion or a loss of somebody who entered: what is recorded of others says nothing.
 */
function monthEnds(
  columns: JourneyColumns,
  selection: Selection,
  { fromStage, toStage }: NowcastQuestion,
  observedTo: Day,
): Day[] {
  const { facts } = columns;
  const { from, to, ...cut } = boundsOf(selection);
  const entering = STAGE_ORDER.findIndex((name) => stageOf(name) === fromStage);
  const telling = STAGE_ORDER.map((name) => [fromStage, toStage, ...LOSSES].includes(stageOf(name)!));
  let first = Infinity;
  let lastRecord = -Infinity;
  columns.forEach(cut, (_, rows, count) => {
    let entered = false;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const day = facts.day[row]!;
      if (facts.name[row] === entering && day >= from && day <= to) {
        entered = true;
        first = Math.min(first, day);
      }
      if (entered && telling[facts.name[row]!]) lastRecord = Math.max(lastRecord, facts.recorded[row]!);
    }
  });
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
  { observedTo, recordedTo, inTheEnd, recordedWithin }: Now,
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
    settledConverted: recordedTo - end >= recordedWithin.converted,
    settledLost: recordedTo - end >= recordedWithin.lost,
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
