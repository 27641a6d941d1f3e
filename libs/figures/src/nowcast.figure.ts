import { type Day, isoDay, romeDay } from '#calendar';
import { type Catalogue } from '#catalogue';
import { GroupTable, observationEnd, type Selection, type StagePair } from '#measures';
import { type Nowcast, nowcast, type NowcastBasis, type NowcastSample, type PendingByEntry } from '#survival';
import { AnswerCells } from './answer-cells.js';
import { type CohortMembers, scanCohort } from './cohort-scan.js';
import { boundsOf } from './cut-offs.js';
import { type FigureBody, type FigureSource } from './figure-body.js';
import { type JourneyColumns } from './journey-columns.js';
import { conversionClock, type ForecastDay, nowcastSample } from './nowcast-sample.js';
import { nowcastWarnings } from './nowcast-warnings.js';
import { emptyPendingSet, fillPendingSets, type PendingSet } from './pending-sets.js';

export interface NowcastQuestion extends StagePair {
  /** The clock to conversion stands still while `toStage` is suspended. */
  readonly net: boolean;
}

/**
 * Of the pending of each cohort month: how many have gone on or been lost without its being recorded, and how many will
 * have gone on in the end. The forecasts rest on everybody who passes the filters, whatever the window and the groups.
 *
 * @param today the day of the answer
 * @throws MeasureError `too-many-rows`
 */
export function nowcastFigure(
  source: FigureSource<JourneyColumns>,
  selection: Selection,
  question: NowcastQuestion,
  today: Day,
): FigureBody {
  const { columns, catalogue } = source;
  const day = forecastDay(selection, today);
  const members = everybody(source, selection, question);
  const table = new GroupTable(selection.groupBy, emptyPendingSet, true);
  const totals = emptyPendingSet();
  fillPendingSets(members, columns.facts, catalogue, selection, day.observedTo, (group, month) => [
    table.at(group, month),
    totals,
  ]);
  const rows = table.inOrder(catalogue);
  const sets = [...rows.map(({ value }) => value.byEntry), totals.byEntry];
  const { nowcasts, basis, sample } = forecast(source, selection, question, day, members, sets);
  const warnings = nowcastWarnings(catalogue, selection, question, sample);
  return {
    items: rows.map(({ names, value }, i) => ({ ...names, ...shown(value, nowcasts[i]!) })),
    totals: shown(totals, nowcasts.at(-1)!),
    findings: { observationEnd: isoDay(day.observedTo), basis, warnings },
  };
}

/** The day on which a question asks for a forecast. */
export function forecastDay(selection: Selection, today: Day): ForecastDay {
  const known = selection.knownAt === undefined ? today : Math.min(today, romeDay(selection.knownAt));
  return { observedTo: observationEnd(selection, today), recordedTo: known };
}

/** All who entered `fromStage`, whenever, with the outcomes towards `toStage` at the cut-offs of a selection. */
export function everybody(
  { columns, catalogue }: FigureSource<JourneyColumns>,
  { until, knownAt }: Pick<Selection, 'until' | 'knownAt'>,
  question: StagePair,
): CohortMembers {
  const bounds = boundsOf({ until, knownAt, groupBy: [], filters: {} });
  return scanCohort(columns, catalogue, question, bounds).members;
}

interface SetForecasts {
  readonly nowcasts: readonly Nowcast[];
  readonly basis: NowcastBasis;
  readonly sample: NowcastSample;
  /** Whether the end of those who entered on a day is forecast: they have not waited for longer than the horizon. */
  readonly reaches: (entry: Day) => boolean;
}

/** The forecasts of some sets of pending members, from all members that pass the filters. */
export function forecast(
  source: FigureSource<JourneyColumns>,
  selection: Pick<Selection, 'filters'>,
  question: NowcastQuestion,
  day: ForecastDay,
  members: CohortMembers,
  sets: readonly PendingByEntry[],
): SetForecasts {
  const sample = sampleOf(source, selection, question, day, members);
  const { nowcasts, basis } = nowcast(sample, sets);
  const horizon = basis.horizonDays ?? Infinity;
  const reaches = (entry: Day) => sample.clock.age(entry, day.observedTo + 1) < horizon;
  return { nowcasts, basis, reaches, sample };
}

/** What the statistics rest on: all members that pass the filters. */
export function sampleOf(
  { columns: { facts }, catalogue }: FigureSource<JourneyColumns>,
  { filters }: Pick<Selection, 'filters'>,
  { toStage, net }: NowcastQuestion,
  day: ForecastDay,
  members: CohortMembers,
): NowcastSample {
  const cells = new AnswerCells(facts, catalogue, { groupBy: [], filters }, [members], false).cells[0]!;
  const clock = conversionClock(members, facts, day, closures(catalogue, toStage, net));
  return nowcastSample(members, cells, facts, day, clock);
}

function closures({ suspensions }: Catalogue, stage: string, net: boolean) {
  return suspensions.filter((one) => net && one.stage === stage);
}

function shown({ size, converted, lost }: PendingSet, cast: Nowcast) {
  const { pending, beyondHorizon, alreadyConverted, alreadyLost, eventuallyConverted } = cast;
  return {
    ...{ size, converted, lost, pending, beyondHorizon },
    ...{ alreadyConverted, alreadyLost, eventuallyConverted },
  };
}
