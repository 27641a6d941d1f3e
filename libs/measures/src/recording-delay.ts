import { DAY_MS, type Day, type Instant, lastDayOfMonth, monthOfDay, type Month, romeDay } from '#calendar';
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
import { SettlingTimes } from './settling-times.js';
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

interface FactTiming {
  /** Rome day of `time`. */
  readonly day: Day;
  readonly time: Instant;
  readonly recorded: Instant;
}

/**
 * Collects the recording delays of visible facts, and lays them out by month, group and type.
 *
 * A row is complete when its last day – of its month, or `to` or `until` where they come first – lies so far before the
 * end of what can be recorded (`knownAt`, or now) that by their settling time nearly all facts of its type should be
 * recorded: of all that are visible at the cut-offs, whatever the window, the groups and the filters.
 */
export class RecordingDelays {
  private readonly table: GroupTable<Map<FactName, number[]>>;
  private readonly counted: number[] = [];
  private readonly settling: SettlingTimes;

  /** @param now the end of what can be recorded where `knownAt` leaves it open */
  constructor(
    private readonly selection: Selection,
    now: Instant,
  ) {
    this.settling = new SettlingTimes(selection, now);
    this.table = new GroupTable(selection.groupBy, () => new Map<FactName, number[]>(), true);
  }

  /** @param place asked for only where the fact lies in the window */
  add(name: FactName, { day, time, recorded }: FactTiming, place: () => FactPlace): void {
    this.settling.add(name, day, recorded);
    if (!inWindow(day, this.selection)) return;
    const dimensions = place();
    if (!passesFilters(dimensions, this.selection.filters)) return;
    const delayMs = recorded - time;
    this.counted.push(delayMs);
    pushTo(this.table.at(groupOf(dimensions, this.selection.groupBy), monthOfDay(day)), name, delayMs);
  }

  /** @throws MeasureError `too-many-rows` */
  answer(catalogue: CodeLists): { items: RecordingDelayItem[]; totals: RecordingDelay } {
    const settledTo = new Map<FactName, Day>(
      STAGE_ORDER.map((name) => [name, this.settling.settledTo([name])]),
    );
    const items = this.table.inOrder(catalogue).flatMap(({ names, month, value }) =>
      STAGE_ORDER.filter((name) => value.has(name)).map((name) => ({
        ...names,
        type: fullType(name),
        ...summary(value.get(name)!),
        complete: this.lastDay(month!) <= settledTo.get(name)!,
      })),
    );
    checkRowCount(items.length);
    return { items, totals: summary(this.counted) };
  }

  private lastDay(month: Month): Day {
    const { to, until } = this.selection;
    return Math.min(lastDayOfMonth(month), to ?? Infinity, until === undefined ? Infinity : romeDay(until));
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
  const delays = new RecordingDelays(selection, now);
  for (const group of groupedBy(facts, subjectGroupOf).values()) {
    const { territory: home } = personDimensions(group, selection);
    for (const fact of visibleFacts(group, selection)) {
      const timing = { day: romeDay(fact.time), time: fact.time, recorded: fact.recorded };
      delays.add(fact.name, timing, () => placeOf(fact, home, catalogue));
    }
  }
  return delays.answer(catalogue);
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

function summary(delaysMs: readonly number[]): RecordingDelay {
  const sorted = ascending(delaysMs);
  return {
    count: sorted.length,
    median: inDays(quantileOf(sorted, 0.5)),
    p90: inDays(quantileOf(sorted, 0.9)),
    max: inDays(sorted.at(-1) ?? null),
  };
}
