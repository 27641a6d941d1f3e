import {
  DAY_MS,
  type Day,
  endOfDay,
  type Instant,
  lastDayOfMonth,
  monthOfDay,
  type Month,
  romeDay,
} from '#calendar';
import { type Catalogue } from '#catalogue';
import { type FactName, fullType, groupOf as subjectGroupOf, STAGE_ORDER } from '#events';
import { quantile } from '#survival';
import { dimensionsOf, personDimensions } from './entries.js';
import { type CodeLists, NONE, UNKNOWN } from './group-order.js';
import { GroupTable, type RowNames } from './group-table.js';
import { groupedBy } from './grouped-by.js';
import { checkRowCount } from './layout.js';
import { groupOf, inWindow, passesFilters } from './selected.js';
import { type Dimensions, type Selection } from './selection.js';
import { type MeasuredFact, visibleFacts } from './visible-facts.js';

/** Days (86,400 s) from when facts occurred to when they were recorded; not rounded, null of no facts. */
export type RecordingDelay = {
  readonly count: number;
  readonly median: number | null;
  readonly p90: number | null;
  readonly max: number | null;
};

export type RecordingDelayItem = RowNames &
  RecordingDelay & {
    /** Full type name. */
    readonly type: string;
    /** Whether it can be taken that nearly all facts of the row are recorded by now. */
    readonly complete: boolean;
  };

/** Where a fact belongs: `unknown` or `none` as for entries. */
export type FactPlace = Pick<Dimensions, 'territory' | 'sa'>;

/** This share of the facts of a type is waited for before a month of them is called complete. */
const SETTLED_SHARE = 0.99;

/**
 * Collects the recording delays of visible facts, and lays them out by month, group and type.
 *
 * A row is complete when its last moment – the end of its month, or `to` or `until` where they come first – lies so far
 * before the end of what can be recorded (`knownAt`, or now) that 99 % of all facts of its type that are visible at the
 * cut-offs, whatever the window and the filters, were recorded within that time.
 */
export class RecordingDelays {
  private readonly table: GroupTable<Map<FactName, number[]>>;
  private readonly counted: number[] = [];
  private readonly ofType = new Map<FactName, number[]>();

  constructor(private readonly selection: Selection) {
    this.table = new GroupTable(selection.groupBy, () => new Map<FactName, number[]>(), true);
  }

  /** @param place asked for only where the fact lies in the window */
  add(name: FactName, { day, delayMs }: { day: Day; delayMs: number }, place: () => FactPlace): void {
    pushTo(this.ofType, name, delayMs);
    if (!inWindow(day, this.selection)) return;
    const dimensions = place();
    if (!passesFilters(dimensions, this.selection.filters)) return;
    this.counted.push(delayMs);
    pushTo(this.table.at(groupOf(dimensions, this.selection.groupBy), monthOfDay(day)), name, delayMs);
  }

  /**
   * @param now the end of what can be recorded where `knownAt` leaves it open
   * @throws MeasureError `too-many-rows`
   */
  answer(catalogue: CodeLists, now: Instant): { items: RecordingDelayItem[]; totals: RecordingDelay } {
    const end = Math.min(this.selection.knownAt ?? now, now);
    const settledMs = new Map([...this.ofType].map(([name, delays]) => [name, settlingTime(delays)]));
    const items = this.table.inOrder(catalogue).flatMap(({ names, month, value }) =>
      STAGE_ORDER.filter((name) => value.has(name)).map((name) => ({
        ...names,
        type: fullType(name),
        ...summary(value.get(name)!),
        complete: this.lastMoment(month!) + settledMs.get(name)! <= end,
      })),
    );
    checkRowCount(items.length);
    return { items, totals: summary(this.counted) };
  }

  private lastMoment(month: Month): Instant {
    const { to, until } = this.selection;
    return Math.min(endOfDay(Math.min(lastDayOfMonth(month), to ?? Infinity)), until ?? Infinity);
  }
}

/**
 * How long after they occurred the visible facts were recorded, by month and type.
 *
 * @param facts of journeys, meetings, contacts and web traffic, with their retractions
 * @param now the end of what can be recorded where `knownAt` leaves it open
 * @throws MeasureError `too-many-rows`
 */
export function recordingDelay(
  facts: Iterable<MeasuredFact>,
  selection: Selection,
  catalogue: Catalogue,
  now: Instant,
): { items: RecordingDelayItem[]; totals: RecordingDelay } {
  const delays = new RecordingDelays(selection);
  for (const group of groupedBy(facts, subjectGroupOf).values()) {
    const { territory: home } = personDimensions(group, selection);
    for (const fact of visibleFacts(group, selection)) {
      const timing = { day: romeDay(fact.time), delayMs: fact.recorded - fact.time };
      delays.add(fact.name, timing, () => placeOf(fact, home, catalogue));
    }
  }
  return delays.answer(catalogue, now);
}

/** @param home territory of the journey's first registration, else `unknown` */
function placeOf(fact: MeasuredFact, home: string, catalogue: Catalogue): FactPlace {
  switch (fact.name) {
    case 'questionnaire-sent':
    case 'questionnaire-completed':
      return { territory: catalogue.sa(fact.data.sa)?.territory ?? UNKNOWN, sa: fact.data.sa };
    case 'meeting-held':
      return { territory: catalogue.venue(fact.data.venue)?.territory ?? UNKNOWN, sa: NONE };
    case 'contact-handled':
    case 'web-traffic':
      return { territory: NONE, sa: NONE };
    default:
      return dimensionsOf(
        fact,
        { territory: home, gender: UNKNOWN, education: UNKNOWN, employment: UNKNOWN },
        catalogue,
      );
  }
}

function pushTo(lists: Map<FactName, number[]>, name: FactName, delayMs: number): void {
  const list = lists.get(name);
  if (list) list.push(delayMs);
  else lists.set(name, [delayMs]);
}

/** Milliseconds, as whole numbers: days would be fractions that no quantile of them comes out exact of. */
const ascending = (delaysMs: readonly number[]) => Float64Array.from(delaysMs).sort();

function quantileOf(sorted: Float64Array, probability: number): number | null {
  return sorted.length === 0 ? null : quantile(sorted.length, (place) => sorted[place]!, probability);
}

const inDays = (milliseconds: number | null) => (milliseconds === null ? null : milliseconds / DAY_MS);

function settlingTime(delaysMs: readonly number[]): number {
  return Math.max(0, Math.round(quantileOf(ascending(delaysMs), SETTLED_SHARE)!));
}

function summary(delaysMs: readonly number[]): RecordingDelay {
  const sorted = ascending(delaysMs);
  return {
    count: sorted.length,
    median: inDays(quantileOf(sorted, 0.5)),
    p90: inDays(quantileOf(sorted, 0.9)),
    max: inDays(sorted.at(-1) ?? null),
  };
}
