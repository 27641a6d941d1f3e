import { STAGES } from '#events';
import { GroupTable, MeasureError, ratioOf, type Selection, type StagePair, unsharedKey } from '#measures';
import { type EntryRuns } from './entry-runs.js';
import { type FigureBody, type FigureSource } from './figure-body.js';
import { countEntries } from './funnel.figure.js';

interface Sides {
  numerator: number;
  denominator: number;
}

/**
 * What entered `toStage` in the window over what entered `fromStage` in it, be it other people; either side by the
 * dimensions of what it counts. A group (with `byMonth`: in a month) has a row as soon as one side counts something.
 *
 * @throws MeasureError `not-defined` by a key that the stages don't share; `too-many-rows`
 */
export function periodRatioFigure(
  { columns, catalogue }: FigureSource<EntryRuns>,
  selection: Selection,
  { fromStage, toStage, byMonth }: StagePair & { readonly byMonth: boolean },
): FigureBody {
  const key = unsharedKey({ fromStage, toStage }, selection);
  if (key) {
    throw new MeasureError('not-defined', `${fromStage} and ${toStage} have no ratio by ${key}.`);
  }
  const from = STAGES.indexOf(fromStage);
  const to = STAGES.indexOf(toStage);
  const empty = (): Sides => ({ numerator: 0, denominator: 0 });
  const table = new GroupTable(selection.groupBy, empty, byMonth);
  const totals = empty();
  for (const { month, group, counts } of countEntries(columns, selection, [fromStage, toStage])) {
    for (const sides of [table.at(group, month), totals]) {
      sides.numerator += counts[to]!;
      sides.denominator += counts[from]!;
    }
  }
  return {
    items: table.inOrder(catalogue).map(({ names, value }) => ({ ...names, ...ratioOf(value) })),
    totals: { ...ratioOf(totals) },
  };
}
