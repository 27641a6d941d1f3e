import { STAGE_ORDER } from '#events';
import {
  type AbsenceCounts,
  addAbsence,
  GroupTable,
  groupOf,
  noAbsence,
  passesFilters,
  type Selection,
  UNKNOWN,
  withShares,
} from '#measures';
import { type Bounds, boundsOf } from './cut-offs.js';
import { type FigureBody, type FigureSource } from './figure-body.js';
import { FirstInCycle } from './first-in-cycle.js';
import { type JourneyColumns } from './journey-columns.js';

const REGISTERED = STAGE_ORDER.indexOf('registered');
const ATTENDED = STAGE_ORDER.indexOf('attended');
const ABSENT = STAGE_ORDER.indexOf('absent');

/** Who registered and did not take part, and who was expected and did not show up; by the journey's territory. */
export function absenceFigure(source: FigureSource<JourneyColumns>, selection: Selection): FigureBody {
  const table = new GroupTable(selection.groupBy, noAbsence);
  const totals = noAbsence();
  for (const [territory, counts] of countByTerritory(source, boundsOf(selection))) {
    if (!passesFilters({ territory }, selection.filters)) continue;
    addAbsence(table.at(groupOf({ territory }, selection.groupBy)), counts);
    addAbsence(totals, counts);
  }
  const rows = table.inOrder(source.catalogue);
  return {
    items: rows.map(({ names, value }) => ({ ...names, ...withShares(value) })),
    totals: { ...withShares(totals) },
  };
}

/** The counts of every territory in which there is something to count. */
function countByTerritory(source: FigureSource<JourneyColumns>, bounds: Bounds): Map<string, AbsenceCounts> {
  const { columns } = source;
  const { place, places } = columns.facts;
  const byPlace = new Map<number, AbsenceCounts>();
  const tally = new JourneyTally(source, bounds);
  columns.forEach(bounds, (journey, rows, count, registered) => {
    if (!tally.look(journey, rows, count)) return;
    const code = registered < 0 ? -1 : place[registered]!;
    let counts = byPlace.get(code);
    if (!counts) byPlace.set(code, (counts = noAbsence()));
    addAbsence(counts, tally.counts);
  });
  return new Map([...byPlace].map(([code, counts]) => [code < 0 ? UNKNOWN : places.value(code), counts]));
}

/** What one journey adds; the same object for one journey after the other. */
class JourneyTally {
  readonly counts = noAbsence();
  private readonly registrations: FirstInCycle;
  private readonly attendances: FirstInCycle;

  constructor(
    private readonly source: FigureSource<JourneyColumns>,
    private readonly window: Pick<Bounds, 'from' | 'to'>,
  ) {
    this.registrations = new FirstInCycle(source.catalogue);
    this.attendances = new FirstInCycle(source.catalogue);
  }

  /** Counts a journey's visible facts; false when they add nothing. */
  look(journey: number, rows: Uint32Array, count: number): boolean {
    const { name: names, day: days } = this.source.columns.facts;
    const { from, to } = this.window;
    const { counts } = this;
    let registered = false;
    let registeredBefore = false;
    let attended = false;
    counts.absences = counts.attendances = 0;
    for (let i = 0; i < count; i++) {
      const name = names[rows[i]!]!;
      const day = days[rows[i]!]!;
      const within = day >= from && day <= to;
      if (name === REGISTERED) {
        if (this.registrations.enters(journey, day) && within) registered = true;
        // Facts come in order: one before the window means that the first is before it.
        if (day < from) registeredBefore = true;
      } else if (name === ATTENDED) {
        if (this.attendances.enters(journey, day) && within) attended = true;
        if (within) counts.attendances++;
      } else if (name === ABSENT && within) counts.absences++;
    }
    counts.registered = Number(registered);
    counts.carriedOver = Number(!registered && registeredBefore && attended);
    counts.notParticipating = Number(registered && !attended);
    return counts.registered + counts.carriedOver + counts.absences + counts.attendances > 0;
  }
}
