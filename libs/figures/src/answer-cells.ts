import { firstDayOfMonth, monthOfDay, type Month } from '#calendar';
import { type Catalogue } from '#catalogue';
import { checkRowCount, type Group, type Selection } from '#measures';
import { type EntryList } from './cohort-scan.js';
import { CodedDimension, type DimensionCodes } from './dimension-codes.js';
import { GroupSlots } from './group-slots.js';
import { type JourneyFacts } from './journey-facts.js';

/** No cell: a filter keeps the entry out. */
export const NO_CELL = -1;

/** Puts entries into the cells of an answer: one for each combination of month and groups that occurs. */
export class AnswerCells {
  private readonly dimensions: readonly CodedDimension[];
  private readonly slots: GroupSlots;
  private readonly months: MonthCodes | undefined;
  /** By list, as they were given: the cell of each of its entries. */
  readonly cells: readonly Int32Array[];

  /**
   * @param byMonth whether cells are split by the month of the entry
   * @throws MeasureError `too-many-rows`
   */
  constructor(
    private readonly facts: JourneyFacts,
    catalogue: Catalogue,
    private readonly selection: Pick<Selection, 'groupBy' | 'filters'>,
    lists: readonly EntryList[],
    byMonth: boolean,
  ) {
    this.dimensions = selection.groupBy.map((key) => new CodedDimension(key, facts, catalogue));
    const codes = lists.map(({ stage }) => this.dimensions.map((dimension) => dimension.codesFor(stage)));
    const allowed = lists.map(({ stage }) => this.allowedBy(stage, catalogue));
    this.months = byMonth ? new MonthCodes(facts, lists) : undefined;
    const widths = this.dimensions.map(({ values }) => values.size);
    this.slots = new GroupSlots(this.months ? [...widths, this.months.width] : widths);
    this.cells = lists.map((list, i) => this.assign(list, codes[i]!, allowed[i]!));
    checkRowCount(this.slots.size);
  }

  get size(): number {
    return this.slots.size;
  }

  /** What a cell stands for. */
  names(cell: number): { readonly group: Group; readonly month: Month | undefined } {
    const codes = this.slots.codes(cell);
    const group = this.dimensions.map(({ values }, i) => values.value(codes[i]!));
    return { group, month: this.months?.month(codes.at(-1)!) };
  }

  private allowedBy(stage: EntryList['stage'], catalogue: Catalogue): DimensionCodes[] {
    return Object.entries(this.selection.filters).map(([key, values]) => {
      const dimension = new CodedDimension(key as keyof typeof this.selection.filters, this.facts, catalogue);
      const { of, codes } = dimension.codesFor(stage);
      return { of, codes: codes.map((code) => Number(values.includes(dimension.values.value(code)))) };
    });
  }

  private assign(
    list: EntryList,
    codes: readonly DimensionCodes[],
    allowed: readonly DimensionCodes[],
  ): Int32Array {
    const { length, fact } = list;
    const cells = new Int32Array(length);
    const combined = new Float64Array(length);
    for (const filter of allowed) {
      this.each(list, filter, (i, passes) => {
        if (passes === 0) cells[i] = NO_CELL;
      });
    }
    codes.forEach((dimension, d) => {
      const stride = this.slots.strides[d]!;
      this.each(list, dimension, (i, code) => (combined[i]! += code * stride));
    });
    if (this.months) {
      const stride = this.slots.strides.at(-1)!;
      for (let i = 0; i < length; i++) {
        combined[i]! += this.months.code(this.facts.day[fact[i]!]!) * stride;
      }
    }
    for (let i = 0; i < length; i++) if (cells[i] !== NO_CELL) cells[i] = this.slots.slot(combined[i]!);
    return cells;
  }

  /** Shows the code that each entry has in a table. */
  private each(
    { length, fact, person }: EntryList,
    { of, codes }: DimensionCodes,
    visit: (i: number, code: number) => void,
  ): void {
    const { place, detail } = this.facts;
    if (of === 'place') for (let i = 0; i < length; i++) visit(i, codes[place[fact[i]!]!]!);
    // Without a registration: the code of no profile, which is 0.
    else for (let i = 0; i < length; i++) visit(i, codes[person[i]! < 0 ? 0 : detail[person[i]!]!]!);
  }
}

/** The months of entries as small numbers. */
class MonthCodes {
  private readonly firstDay: number;
  private readonly firstMonth: Month;
  private readonly byDay: Uint16Array;
  readonly width: number;

  constructor({ day }: JourneyFacts, lists: readonly EntryList[]) {
    let first = Infinity;
    let last = -Infinity;
    for (const { fact, length } of lists) {
      for (let i = 0; i < length; i++) {
        first = Math.min(first, day[fact[i]!]!);
        last = Math.max(last, day[fact[i]!]!);
      }
    }
    this.firstMonth = first > last ? 0 : monthOfDay(first);
    this.firstDay = first > last ? 0 : firstDayOfMonth(this.firstMonth);
    const days = first > last ? 0 : last - this.firstDay + 1;
    this.byDay = Uint16Array.from(
      { length: days },
      (_, i) => monthOfDay(this.firstDay + i) - this.firstMonth,
    );
    this.width = (this.byDay.at(-1) ?? 0) + 1;
  }

  code(day: number): number {
    return this.byDay[day - this.firstDay]!;
  }

  month(code: number): Month {
    return this.firstMonth + code;
  }
}
