import { monthOfDay } from '#calendar';
import { type Stage, STAGES } from '#events';
import {
  type CellChange,
  cellChanges,
  checkRowCount,
  type DiffSelection,
  GroupTable,
  groupOf,
  groupText,
  MAX_ROWS,
  MeasureError,
  passesFilters,
} from '#measures';
import { boundsOf } from './cut-offs.js';
import { readFactInFull, type RowFact } from './fact-cells.js';
import { type FigureBody } from './figure-body.js';
import { type LoadedModel } from './followed-model.js';
import { type JourneyColumns } from './journey-columns.js';
import { RowDimensions } from './row-dimensions.js';
import { RowEntries } from './row-entries.js';

/** Journeys that are read and compared at once. */
const BATCH = 200;

type Source = Pick<LoadedModel<JourneyColumns>, 'columns' | 'catalogue' | 'model' | 'position'>;
type Change = CellChange<RowFact>;

/**
 * The cells of the monthly funnel that differ between two recorded dates, and the journeys that made them differ. Only
 * journeys of which something was recorded in between are read from the read model and compared.
 */
export async function diffFigure(source: Source, selection: DiffSelection): Promise<FigureBody> {
  const changes = new Changes(selection);
  const { facts } = source.columns;
  const changed = changedJourneys(source.columns, selection);
  for (let start = 0; start < changed.length; start += BATCH) {
    const ids = changed.slice(start, start + BATCH).map((journey) => facts.journeys.value(journey));
    const rows = await source.model.groups(ids, source.position + 1);
    for (const own of rows.values()) {
      changes.add(cellChanges(own.map(readFactInFull), selection, source.catalogue));
    }
  }
  return changes.answer(source);
}

/** The journeys of which a fact, or a retraction, was recorded between the two dates. */
function changedJourneys({ facts }: JourneyColumns, { before, after }: DiffSelection): number[] {
  const { recorded, retractedAt, journey, length } = facts;
  const between = (instant: number) => instant > before && instant <= after;
  const changed = new Uint8Array(facts.journeys.size);
  for (let row = 0; row < length; row++) {
    if (between(recorded[row]!) || between(retractedAt[row]!)) changed[journey[row]!] = 1;
  }
  return [...changed.keys()].filter((one) => changed[one] === 1);
}

/** What entered and left each cell. */
class Changes {
  private readonly table: GroupTable<Map<Stage, Change[]>>;
  private causes = 0;

  constructor(private readonly selection: DiffSelection) {
    this.table = new GroupTable(selection.groupBy, () => new Map<Stage, Change[]>(), true);
  }

  add(changes: readonly Change[]): void {
    this.causes += changes.length;
    if (this.causes > MAX_ROWS) {
      const advice = 'ask for dates that are closer together, a shorter window or a filter';
      throw new MeasureError('too-many-rows', `The answer has more than ${MAX_ROWS} causes: ${advice}.`);
    }
    for (const change of changes) {
      const stages = this.table.at(change.group, change.month);
      const cell = stages.get(change.stage);
      if (cell) cell.push(change);
      else stages.set(change.stage, [change]);
    }
  }

  answer(source: Source): FigureBody {
    const rows = this.table.inOrder(source.catalogue).map(({ names, month, value }) => ({
      names,
      month: month!,
      group: this.selection.groupBy.map((key) => names[key]!),
      stages: STAGES.filter((stage) => sum(value.get(stage) ?? []) !== 0).map((stage) => ({
        stage,
        changes: value.get(stage)!,
      })),
    }));
    const cells = rows.flatMap(({ month, group, stages }) =>
      stages.map(({ stage }) => keyOf(month, stage, group)),
    );
    const before = this.countBefore(source, new Set(cells));
    const items = rows.flatMap(({ names, month, group, stages }) =>
      stages.map(({ stage, changes }) => {
        const was = before.get(keyOf(month, stage, group)) ?? 0;
        return { ...names, stage, before: was, after: was + sum(changes), causes: changes.map(shown) };
      }),
    );
    checkRowCount(items.length);
    const shownChanges = rows.flatMap(({ stages }) => stages.flatMap(({ changes }) => changes));
    const entered = shownChanges.filter(({ direction }) => direction === 'entered').length;
    return { items, totals: { cells: items.length, entered, left: shownChanges.length - entered } };
  }

  /** How many entries the cells held at the first date. */
  private countBefore(
    { columns, catalogue, position }: Source,
    cells: ReadonlySet<string>,
  ): Map<string, number> {
    const { before, ...selection } = this.selection;
    const { from, to, until } = boundsOf(selection);
    const counts = new Map<string, number>();
    if (cells.size === 0) return counts;
    const { day } = columns.facts;
    const entries = new RowEntries(columns.facts, catalogue);
    const dimensions = new RowDimensions(columns.facts, catalogue);
    columns.forEach({ until, knownAt: before, upTo: position }, (journey, rows, count, registered) => {
      entries.forEach(journey, rows, count, (row, stage) => {
        if (day[row]! < from || day[row]! > to) return;
        const own = dimensions.of(row, registered);
        if (!passesFilters(own, selection.filters)) return;
        const key = keyOf(monthOfDay(day[row]!), STAGES[stage]!, groupOf(own, selection.groupBy));
        if (cells.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
      });
    });
    return counts;
  }
}

const keyOf = (month: number, stage: Stage, group: readonly string[]) =>
  `${month}|${stage}|${groupText(group)}`;

const sum = (changes: readonly Change[]) =>
  changes.reduce((total, { direction }) => total + (direction === 'entered' ? 1 : -1), 0);

function shown({ class: cause, direction, facts }: Change) {
  return {
    class: cause,
    direction,
    facts: facts.map(({ source, id, subject, type }) => ({ source, id, subject, type })),
  };
}
