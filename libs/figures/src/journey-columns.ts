import { type Day, type Instant, parseInstant, romeDay } from '#calendar';
import { type FactName, type JsonObject, STAGE_ORDER } from '#events';
import { type ModelRow } from '#read-models';
import { type Sight } from './cut-offs.js';
import { type FactCells, readFactCells } from './fact-cells.js';
import { identityHash, repeatedValues } from './identity-hash.js';
import { type JourneyFact, JourneyFacts } from './journey-facts.js';
import { JourneyCursor } from './journey-cursor.js';
import { byJourney, type RowsByJourney, sortRows } from './journey-layout.js';
import { Retractions } from './retractions.js';
import { countUpTo } from './typed-columns.js';

/** New facts below this share of all are not worth a new layout. */
const TAIL_SHARE = 1 / 8;

const NAME_INDEX = new Map<FactName, number>(STAGE_ORDER.map((name, index) => [name, index]));
const REGISTERED = STAGE_ORDER.indexOf('registered');

/**
 * A journey at a pair of cut-offs. `rows` is a buffer that the next journey overwrites: the first `count` are the
 * rows of the visible facts in order. `registered` is the row of the first registration known at `knownAt`, even one
 * after `until`; −1 when there is none.
 */
export type JourneyVisitor = (journey: number, rows: Uint32Array, count: number, registered: number) => void;

export interface JourneyRetraction {
  readonly journey: number;
  readonly position: number;
  readonly time: Instant;
  readonly day: Day;
  readonly recorded: Instant;
}

/**
 * All facts of journeys, those of a journey side by side, so that looking at every journey reads memory in order.
 * Facts that came since the last layout stand unsorted behind, until they are many.
 */
export class JourneyColumns {
  readonly facts = new JourneyFacts();
  /** The retractions that were recorded, as they say, before the system took them. */
  readonly rewritingRetractions: JourneyRetraction[] = [];
  private readonly retractions = new Retractions();
  /** Rows below are laid out by journey and in order. */
  private laidOut = 0;
  private starts: Uint32Array = new Uint32Array(1);
  /** The numbers of the rows that are laid out: their order and, as they stand in it, themselves. */
  private order: Uint32Array = new Uint32Array(0);
  private tail: RowsByJourney | undefined;
  private repeated = { length: 0, values: new Set<number>() as ReadonlySet<number> };
  private readonly compare = (a: number, b: number) => this.facts.compare(a, b);

  /** @param tailRows below this many new facts a new layout is not worth it */
  constructor(private readonly tailRows = 4096) {
    // Code 0: no profile, no answers.
    this.facts.details.code('{}');
    // Code 0: no meeting.
    this.facts.meetings.code('');
  }

  /** Takes rows of the model `journeys` in, which come in the order of the log. */
  append(rows: readonly ModelRow[]): void {
    this.tail = undefined;
    for (const row of rows) {
      const cells = readFactCells(row);
      const journey = this.facts.journeys.code(row.group);
      if (cells.retracts !== null) {
        const { retracts: target, recorded, time, accepted } = cells;
        this.retractions.add({ position: row.position, target, recorded });
        this.retract(journey, target, recorded);
        if (recorded < accepted) {
          this.rewritingRetractions.push({
            journey,
            position: row.position,
            time,
            day: romeDay(time),
            recorded,
          });
        }
      } else this.facts.append(this.coded(cells, journey, row.position));
    }
  }

  /** Shows every journey with all that is visible of it, also those of which nothing is. */
  forEach({ until, knownAt, upTo = Infinity }: Sight, visit: JourneyVisitor): void {
    const { time, recorded, retractedAt, position, name } = this.facts;
    const takenBack = this.retractions.takenBackAsOf(upTo);
    const cursor = this.cursor();
    let visible = new Uint32Array(64);
    for (let journey = 0; journey < cursor.journeys; journey++) {
      cursor.move(journey);
      const { rows, from, to } = cursor;
      if (to - from > visible.length) visible = new Uint32Array((to - from) * 2);
      let count = 0;
      let registered = -1;
      for (let i = from; i < to; i++) {
        const row = rows[i]!;
        if (recorded[row]! > knownAt || position[row]! > upTo) continue;
        const back =
          takenBack.size === 0 ? retractedAt[row]! : (takenBack.get(position[row]!) ?? retractedAt[row]!);
        if (back <= knownAt) continue;
        if (registered < 0 && name[row] === REGISTERED) registered = row;
        if (time[row]! <= until) visible[count++] = row;
      }
      visit(journey, visible, count, registered);
    }
  }

  /** For scans that look at visibility themselves. It shows the facts of now: more that come end its use. */
  cursor(): JourneyCursor {
    this.prepare();
    return new JourneyCursor(this.facts, { starts: this.starts, rows: this.order }, this.tail);
  }

  /** The hashes of source and id that more than one fact has; looked for again when facts have come. */
  repeatedIdentities(): ReadonlySet<number> {
    if (this.repeated.length !== this.facts.length) {
      const { identity, length } = this.facts;
      this.repeated = { length, values: repeatedValues(identity, length) };
    }
    return this.repeated.values;
  }

  private coded(cells: FactCells, journey: number, position: number): JourneyFact {
    const { name, time, recorded, accepted, source, id, data } = cells;
    const { places, details, meetings } = this.facts;
    const { meetingId, scheduledFor } = data;
    const place = data['sa'] ?? data['venue'] ?? data['territory'];
    return {
      journey,
      position,
      name: NAME_INDEX.get(name)!,
      time,
      day: romeDay(time),
      recorded,
      place: places.code(typeof place === 'string' ? place : 'none'),
      detail: detailOf(name, data, (json) => details.code(json)),
      meeting: typeof meetingId === 'string' ? meetings.code(meetingId) : 0,
      scheduled: typeof scheduledFor === 'string' ? romeDay(parseInstant(scheduledFor)!) : 0,
      identity: identityHash(source, id),
      rewritesPast: recorded < accepted,
    };
  }

  private retract(journey: number, position: number, recorded: number): void {
    const row = this.find(journey, position);
    if (row === undefined) return;
    this.facts.retractedAt[row] = Math.min(this.facts.retractedAt[row]!, recorded);
  }

  /** The row of the journey's fact at a position. */
  private find(journey: number, position: number): number | undefined {
    for (let row = this.starts[journey] ?? 0; row < (this.starts[journey + 1] ?? 0); row++) {
      if (this.facts.position[row] === position) return row;
    }
    // New facts stand in the order of the log.
    const column = this.facts.position.subarray(this.laidOut, this.facts.length);
    const row = this.laidOut + countUpTo(column, column.length, position) - 1;
    return row >= this.laidOut && this.facts.position[row] === position ? row : undefined;
  }

  private prepare(): void {
    const fresh = this.facts.length - this.laidOut;
    if (fresh > Math.max(this.tailRows, this.facts.length * TAIL_SHARE)) this.layOut();
    else if (fresh > 0) {
      this.tail ??= byJourney(this.facts.journey, this.facts.journeys.size, this.laidOut, this.facts.length);
    }
  }

  private layOut(): void {
    const { facts } = this;
    const { starts, rows } = byJourney(facts.journey, facts.journeys.size, 0, facts.length);
    for (let journey = 0; journey < facts.journeys.size; journey++) {
      const own = rows.subarray(starts[journey], starts[journey + 1]);
      if (own.length > 1) sortRows(own, own.length, this.compare);
    }
    facts.reorder(rows);
    // From now on each row stands where it belongs.
    for (let row = 0; row < rows.length; row++) rows[row] = row;
    this.order = rows;
    this.starts = starts;
    this.laidOut = facts.length;
    this.tail = undefined;
  }
}

function detailOf(name: FactName, data: FactCells['data'], code: (json: string) => number): number {
  if (name === 'registered') {
    const profile = (data['profile'] ?? {}) as JsonObject;
    const { gender, education, employment } = profile;
    return code(JSON.stringify({ gender, education, employment }));
  }
  if (name !== 'questionnaire-completed') return 0;
  const { tutor, methods, organisation, howHeard, wouldRecommend } = data;
  return code(JSON.stringify({ tutor, methods, organisation, howHeard, wouldRecommend }));
}
