import { isoDay } from '#calendar';
import { STAGES } from '#events';
import { type JourneyQuestion, passesFilters, type Selection } from '#measures';
import { boundsOf } from './cut-offs.js';
import { type FigureBody, type FigureSource } from './figure-body.js';
import { type FigureItem } from './figure-request.js';
import { type JourneyColumns } from './journey-columns.js';
import { PageCollector, type PagePlace } from './page-collector.js';
import { RowDimensions } from './row-dimensions.js';
import { RowEntries } from './row-entries.js';
import { type Fate, lastStatusRow, RowFates } from './row-fates.js';

export interface JourneyPage {
  readonly limit: number;
  /** Place of the last item of the page before. */
  readonly after?: PagePlace;
  /** The position of the log that all pages of one list show; undefined: where the read model stands. */
  readonly asOf?: number;
}

/** Something listed: an entry or a journey, by the row of the fact that it comes from. */
interface Listed extends PagePlace {
  readonly row: number;
  /** Row of the journey's first registration, −1 without one. */
  readonly registered: number;
  /** Row of the journey's last status fact. */
  readonly last: number;
  readonly fate?: Fate;
}

/** Shows what is to be listed of one journey. */
type Finder = (
  journey: number,
  rows: Uint32Array,
  count: number,
  found: (row: number, fate?: Fate) => void,
) => void;

/** A page of the journeys behind a figure, by day and id; `totals` has how many there are on all pages. */
export function journeysFigure(
  source: FigureSource<JourneyColumns>,
  selection: Selection,
  question: JourneyQuestion,
  { limit, after, asOf }: JourneyPage,
): FigureBody {
  const { facts } = source.columns;
  const dimensions = new RowDimensions(facts, source.catalogue);
  const dimensionsOf = (row: number, registered: number) =>
    'status' in question ? dimensions.ofPerson(registered) : dimensions.of(row, registered);
  const isFiltered = Object.keys(selection.filters).length > 0;
  const find = finderOf(source, selection, question);
  const page = new PageCollector<Listed>(limit, after);
  source.columns.forEach({ ...boundsOf(selection), upTo: asOf }, (journey, rows, count, registered) => {
    find(journey, rows, count, (row, fate) => {
      if (isFiltered && !passesFilters(dimensionsOf(row, registered), selection.filters)) return;
      const last = lastStatusRow(facts, rows, count);
      page.offer({ day: facts.day[row]!, id: facts.journeys.value(journey), row, registered, last, fate });
    });
  });
  const items = page.page().map(({ id, day, row, registered, last, fate }): FigureItem => ({
    id,
    status: STAGES[facts.name[last]!],
    day: isoDay(day),
    ...dimensionsOf(row, registered),
    ...fate,
  }));
  return { items, totals: { count: page.count } };
}

function finderOf(
  { columns: { facts }, catalogue }: FigureSource<JourneyColumns>,
  selection: Selection,
  question: JourneyQuestion,
): Finder {
  if ('status' in question) {
    const status = STAGES.indexOf(question.status);
    return (_journey, rows, count, found) => {
      const last = lastStatusRow(facts, rows, count);
      if (last >= 0 && facts.name[last] === status) found(last);
    };
  }
  const { from, to } = boundsOf(selection);
  const wanted = STAGES.indexOf(question.stage);
  const entries = new RowEntries(facts, catalogue);
  const fates = question.towards && new RowFates(facts, catalogue, question.towards);
  return (journey, rows, count, found) => {
    entries.forEach(journey, rows, count, (row, stage, returning) => {
      if (stage !== wanted || facts.day[row]! < from || facts.day[row]! > to) return;
      if (question.returning && !returning) return;
      const fate = fates?.of(row, rows, count);
      if (!fates || fate) found(row, fate);
    });
  };
}
