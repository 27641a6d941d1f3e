import { STAGES } from '#events';
import {
  checkRowCount,
  type Dimensions,
  GroupTable,
  groupOf,
  passesFilters,
  type Selection,
  UNKNOWN,
} from '#measures';
import { boundsOf } from './cut-offs.js';
import { type FigureBody, type FigureSource } from './figure-body.js';
import { type JourneyColumns } from './journey-columns.js';
import { type JourneyFacts } from './journey-facts.js';

const STATUSES = STAGES.length;
/** Codes of places and details are below this. */
const CODES = 1 << 16;

/** Counts journeys by their status, grouped by the territory and the profile of their first registration. */
export function stockFigure(
  { columns, catalogue }: FigureSource<JourneyColumns>,
  selection: Selection,
): FigureBody {
  const table = new GroupTable(selection.groupBy, () => STAGES.map(() => 0));
  let journeys = 0;
  for (const [code, count] of countByCode(columns, selection)) {
    const dimensions = personDimensions(columns.facts, Math.floor(code / STATUSES));
    if (!passesFilters(dimensions, selection.filters)) continue;
    table.at(groupOf(dimensions, selection.groupBy))[code % STATUSES]! += count;
    journeys += count;
  }
  const items = table
    .inOrder(catalogue)
    .flatMap(({ names, value }) =>
      value.flatMap((count, status) =>
        count === 0 ? [] : [{ ...names, status: STAGES[status], journeys: count }],
      ),
    );
  checkRowCount(items.length);
  return { items, totals: { journeys } };
}

/** Journeys by place, profile and status, all three in one number. */
function countByCode(columns: JourneyColumns, selection: Selection): Map<number, number> {
  const { name, place, detail } = columns.facts;
  const counts = new Map<number, number>();
  columns.forEach(boundsOf(selection), (_journey, rows, count, registered) => {
    let last = count - 1;
    while (last >= 0 && name[rows[last]!]! >= STATUSES) last--;
    if (last < 0) return;
    const person = registered < 0 ? 0 : (place[registered]! + 1) * CODES + detail[registered]!;
    const code = person * STATUSES + name[rows[last]!]!;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  });
  return counts;
}

/** The dimensions of a person whose place and profile stand in one number. */
function personDimensions(facts: JourneyFacts, person: number): Partial<Dimensions> {
  const place = Math.floor(person / CODES) - 1;
  const profile = JSON.parse(facts.details.value(person % CODES)) as Partial<Dimensions>;
  return {
    territory: place < 0 ? UNKNOWN : facts.places.value(place),
    gender: profile.gender ?? UNKNOWN,
    education: profile.education ?? UNKNOWN,
    employment: profile.employment ?? UNKNOWN,
  };
}
