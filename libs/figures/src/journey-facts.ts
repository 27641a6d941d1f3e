import { type Day, type Instant } from '#calendar';
import { Dictionary } from './dictionary.js';
import { grown, reorder } from './typed-columns.js';

const FIRST_CAPACITY = 1024;

/** A journey's fact as the columns take it in. */
export interface JourneyFact {
  readonly journey: number;
  /** Index into the stage order. */
  readonly name: number;
  readonly time: Instant;
  readonly day: Day;
  readonly recorded: Instant;
  readonly position: number;
  /** Code of the venue, SA or territory that the fact names. */
  readonly place: number;
  /** Code of the profile or of the answers that the fact carries. */
  readonly detail: number;
  /** Code of the meeting that the fact names; 0 for none. */
  readonly meeting: number;
  /** Of a booking the day of the meeting, else 0. */
  readonly scheduled: Day;
  /** Hash of source and id. */
  readonly identity: number;
  /** Recorded, as it says, before the system took it. */
  readonly rewritesPast: boolean;
}

/** Facts of journeys as columns: one row a fact. */
export class JourneyFacts {
  journey = new Uint32Array(FIRST_CAPACITY);
  name = new Uint8Array(FIRST_CAPACITY);
  time = new Float64Array(FIRST_CAPACITY);
  day = new Int32Array(FIRST_CAPACITY);
  recorded = new Float64Array(FIRST_CAPACITY);
  /** The earliest recorded time of its retractions; Infinity when there is none. */
  retractedAt = new Float64Array(FIRST_CAPACITY);
  position = new Float64Array(FIRST_CAPACITY);
  place = new Uint16Array(FIRST_CAPACITY);
  detail = new Uint16Array(FIRST_CAPACITY);
  meeting = new Uint32Array(FIRST_CAPACITY);
  scheduled = new Int32Array(FIRST_CAPACITY);
  identity = new Float64Array(FIRST_CAPACITY);
  /** 1 where what a past `knownAt` shows was changed by the fact. */
  rewritesPast = new Uint8Array(FIRST_CAPACITY);
  length = 0;
  readonly journeys = new Dictionary();
  readonly places = new Dictionary();
  /** JSON of profiles and answers. */
  readonly details = new Dictionary();
  readonly meetings = new Dictionary();

  append(fact: JourneyFact): void {
    const row = this.length;
    if (row === this.name.length) this.grow();
    this.journey[row] = fact.journey;
    this.name[row] = fact.name;
    this.time[row] = fact.time;
    this.day[row] = fact.day;
    this.recorded[row] = fact.recorded;
    this.retractedAt[row] = Infinity;
    this.position[row] = fact.position;
    this.place[row] = fact.place;
    this.detail[row] = fact.detail;
    this.meeting[row] = fact.meeting;
    this.scheduled[row] = fact.scheduled;
    this.identity[row] = fact.identity;
    this.rewritesPast[row] = fact.rewritesPast ? 1 : 0;
    this.length = row + 1;
  }

  /** Negative when the fact of row `a` comes before that of row `b` in the order of a journey's facts. */
  compare(a: number, b: number): number {
    return (
      this.time[a]! - this.time[b]! ||
      this.name[a]! - this.name[b]! ||
      this.recorded[a]! - this.recorded[b]! ||
      this.position[a]! - this.position[b]!
    );
  }

  /** Puts all rows into another order: row i becomes what `order[i]` was. */
  reorder(order: Uint32Array): void {
    const bytes = [this.name, this.rewritesPast];
    const codes = [this.journey, this.place, this.detail, this.meeting, this.day, this.scheduled];
    const instants = [this.time, this.recorded, this.retractedAt, this.position, this.identity];
    for (const column of [...bytes, ...codes, ...instants]) reorder(column, 0, order);
  }

  private grow(): void {
    const capacity = Math.ceil(this.length * 1.5);
    this.journey = grown(this.journey, capacity);
    this.name = grown(this.name, capacity);
    this.time = grown(this.time, capacity);
    this.day = grown(this.day, capacity);
    this.recorded = grown(this.recorded, capacity);
    this.retractedAt = grown(this.retractedAt, capacity);
    this.position = grown(this.position, capacity);
    this.place = grown(this.place, capacity);
    this.detail = grown(this.detail, capacity);
    this.meeting = grown(this.meeting, capacity);
    this.scheduled = grown(this.scheduled, capacity);
    this.identity = grown(this.identity, capacity);
    this.rewritesPast = grown(this.rewritesPast, capacity);
  }
}
