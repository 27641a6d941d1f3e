import { endOfDay, firstDayOfMonth, lastDayOfMonth, monthOfDay, startOfDay, type Month } from '#calendar';
import { STAGES, type Stage } from '#events';
import { GROUP_KEYS } from '#measures';
import { type ModelRow } from '#read-models';
import { Dictionary } from './dictionary.js';
import { type EntryCell, type EntryQuery, type MonthCut } from './entry-query.js';
import { type CodedStep, type CountLayout, countLayout, EntryRun } from './entry-run.js';
import { GroupSlots } from './group-slots.js';
import { type CodeFilter, RunScan } from './run-scan.js';

/** Columns of ENTRY_STEP_FORM, by their place. */
const STAGE = 0;
const DAY = 2;
const TIME = 3;
const RECORDED = 4;
const DELTA = 5;
const RETURNING = 6;
const FIRST_DIMENSION = 7;

const STAGE_INDEX = new Map<string, number>(STAGES.map((stage: Stage, index) => [stage, index]));

/** All entry steps: a run for each stage and month. Counts the entries of any window at any pair of cut-offs. */
export class EntryRuns {
  private readonly months = new Map<Month, (EntryRun | undefined)[]>();
  private readonly dictionaries = GROUP_KEYS.map(() => new Dictionary());
  private layout: CountLayout = countLayout(GROUP_KEYS.map(() => 0));
  private readonly step: CodedStep = { recorded: 0, time: 0, day: 0, delta: 0, returning: 0, codes: [] };
  private steps = 0;

  get length(): number {
    return this.steps;
  }

  /** Takes rows of the model `monthly_funnel` in. */
  append(rows: readonly ModelRow[]): void {
    for (const { cells } of rows) {
      const day = cells[DAY] as number;
      const month = monthOfDay(day);
      const step = this.step;
      step.recorded = cells[RECORDED] as number;
      step.time = cells[TIME] as number;
      step.day = day - firstDayOfMonth(month);
      step.delta = cells[DELTA] as number;
      step.returning = cells[RETURNING] as number;
      for (let d = 0; d < GROUP_KEYS.length; d++) {
        step.codes[d] = this.dictionaries[d]!.code(cells[FIRST_DIMENSION + d] as string);
      }
      this.run(month, STAGE_INDEX.get(cells[STAGE] as string)!).append(step);
    }
    this.steps += rows.length;
  }

  /** The cells that hold an entry, by month, those of a month in no particular order. */
  count(query: EntryQuery): EntryCell[] {
    const widths = this.dictionaries.map((dictionary) => dictionary.size);
    if (widths.some((width, d) => width !== this.layout.widths[d])) this.layout = countLayout(widths);
    const counter = new EntryCounter(query, this.dictionaries, this.layout);
    const months = [...this.months.keys()].sort((a, b) => a - b);
    return months.flatMap((month) => counter.month(month, this.months.get(month)!));
  }

  private run(month: Month, stage: number): EntryRun {
    let runs = this.months.get(month);
    if (!runs) this.months.set(month, (runs = STAGES.map(() => undefined)));
    return (runs[stage] ??= new EntryRun());
  }
}

/** Answers one query, month by month. */
class EntryCounter {
  private readonly slots: GroupSlots;
  private readonly filters: readonly CodeFilter[];
  private readonly scan: RunScan;
  /** Scratch: a pair a code, and a pair a slot; valid until the next run. */
  private byCode = new Int32Array(0);
  private bySlot = new Int32Array(2);
  /** The only dimension that matters; −1: none does; undefined: there are several. */
  private readonly single: number | undefined;

  constructor(
    private readonly query: EntryQuery,
    private readonly dictionaries: readonly Dictionary[],
    private readonly layout: CountLayout,
  ) {
    this.slots = new GroupSlots(query.groupBy.map((dimension) => dictionaries[dimension]!.size));
    this.filters = query.filters.map(({ dimension, values }) => ({
      dimension,
      allowed: allowedCodes(dictionaries[dimension]!, values),
    }));
    this.scan = new RunScan(query.groupBy, this.filters, this.slots);
    const dimensions = new Set([...query.groupBy, ...query.filters.map((filter) => filter.dimension)]);
    this.single = dimensions.size > 1 ? undefined : ([...dimensions][0] ?? -1);
  }

  month(month: Month, runs: readonly (EntryRun | undefined)[]): EntryCell[] {
    const cut = monthCut(month, this.query);
    if (!cut) return [];
    const cells = new Map<number, EntryCell>();
    for (const stage of this.query.stages) {
      const run = runs[stage];
      if (!run) continue;
      run.settle(this.layout);
      const pairs = this.pairs(run, cut);
      for (let slot = 0; slot < this.slots.size; slot++) {
        const count = pairs[2 * slot] ?? 0;
        if (count === 0) continue;
        let cell = cells.get(slot);
        if (!cell) cells.set(slot, (cell = this.emptyCell(month, slot)));
        cell.counts[stage] = count;
        cell.returning[stage] = pairs[2 * slot + 1]!;
      }
    }
    return [...cells.values()];
  }

  /** A pair a slot. */
  private pairs(run: EntryRun, cut: MonthCut): Int32Array {
    const steps = run.stepsUpTo(this.query.knownAt);
    if (!cut.whole || this.single === undefined) return this.scan.count(run, steps, cut);
    if (this.single >= 0) return this.pairsByValue(run, steps, this.single);
    const pair = this.bySlot.fill(0);
    run.addTotal(steps, pair);
    this.slots.slot(0);
    return pair;
  }

  private pairsByValue(run: EntryRun, steps: number, dimension: number): Int32Array {
    const width = this.dictionaries[dimension]!.size;
    if (this.byCode.length < 2 * width) {
      this.byCode = new Int32Array(2 * width);
      this.bySlot = new Int32Array(2 * width);
    }
    const byCode = this.byCode.fill(0);
    const pairs = this.bySlot.fill(0);
    run.addByValue(steps, dimension, byCode);
    for (let code = 0; code < width; code++) {
      const passes = this.filters.every(({ allowed }) => allowed[code] === 1);
      if (!passes || byCode[2 * code] === 0) continue;
      const pair = 2 * this.slots.slot(this.query.groupBy.length === 0 ? 0 : code);
      pairs[pair]! += byCode[2 * code]!;
      pairs[pair + 1]! += byCode[2 * code + 1]!;
    }
    return pairs;
  }

  private emptyCell(month: Month, slot: number): EntryCell {
    const group = this.slots
      .codes(slot)
      .map((code, i) => this.dictionaries[this.query.groupBy[i]!]!.value(code));
    return { month, group, counts: STAGES.map(() => 0), returning: STAGES.map(() => 0) };
  }
}

function allowedCodes(dictionary: Dictionary, values: readonly string[]): Uint8Array {
  const allowed = new Uint8Array(dictionary.size);
  for (const value of values) {
    const code = dictionary.find(value);
    if (code !== undefined) allowed[code] = 1;
  }
  return allowed;
}

/** What of a month the query takes; undefined when nothing. */
function monthCut(month: Month, query: EntryQuery): MonthCut | undefined {
  const first = firstDayOfMonth(month);
  const last = lastDayOfMonth(month);
  if (query.from > last || query.to < first || query.until < startOfDay(first)) return undefined;
  return {
    from: query.from - first,
    to: query.to - first,
    until: query.until,
    whole: query.from <= first && query.to >= last && query.until >= endOfDay(last),
  };
}
