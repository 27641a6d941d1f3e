import { type Instant } from '#calendar';
import { type Catalogue } from '#catalogue';
import { STAGE_ORDER } from '#events';
import { type FactPlace, NONE, RecordingDelays, type Selection, UNKNOWN } from '#measures';
import { boundsOf, type Sight } from './cut-offs.js';
import { type FactTable, type TableFact } from './fact-table.js';
import { type FigureBody } from './figure-body.js';
import { type ContactValue, type MeetingValue, type WebValue } from './figure-models.js';
import { type JourneyColumns } from './journey-columns.js';
import { RowDimensions } from './row-dimensions.js';

/** All facts there are, each kind in its own columns. */
export interface AllFacts {
  readonly journeys: JourneyColumns;
  readonly meetings: FactTable<MeetingValue>;
  readonly contacts: FactTable<ContactValue>;
  readonly webTraffic: FactTable<WebValue>;
  readonly catalogue: Catalogue;
  /** Nothing after this position counts: some of the columns may be further than others. */
  readonly upTo: number;
}

const NOWHERE: FactPlace = { territory: NONE, sa: NONE };

/** How long after they occurred facts were recorded, by month and type. */
export function recordingDelayFigure(all: AllFacts, selection: Selection, now: Instant): FigureBody {
  const { meetings, contacts, webTraffic, catalogue, upTo } = all;
  const sight: Sight = { ...boundsOf(selection), upTo };
  const delays = new RecordingDelays(selection, now);
  addJourneys(delays, all, sight);
  const add = (
    name: 'meeting-held' | 'contact-handled' | 'web-traffic',
    fact: TableFact<unknown>,
    place: FactPlace,
  ) => delays.add(name, fact, () => place);
  for (const fact of meetings.visible(sight)) {
    add('meeting-held', fact, {
      territory: catalogue.venue(fact.value.venue)?.territory ?? UNKNOWN,
      sa: NONE,
    });
  }
  for (const fact of contacts.visible(sight)) add('contact-handled', fact, NOWHERE);
  for (const fact of webTraffic.visible(sight)) add('web-traffic', fact, NOWHERE);
  const { items, totals } = delays.answer(catalogue);
  return { items, totals };
}

function addJourneys(delays: RecordingDelays, { journeys, catalogue }: AllFacts, sight: Sight): void {
  const { name, day, time, recorded } = journeys.facts;
  const dimensions = new RowDimensions(journeys.facts, catalogue);
  journeys.forEach(sight, (_journey, rows, count, registered) => {
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const timing = { day: day[row]!, time: time[row]!, recorded: recorded[row]! };
      delays.add(STAGE_ORDER[name[row]!]!, timing, () => dimensions.placeOf(row, registered));
    }
  });
}
