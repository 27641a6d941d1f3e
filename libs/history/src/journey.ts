import { type Instant } from '#calendar';
import { type FactName, type JsonObject } from '#events';
import { type Meeting } from './meeting-book.js';
import { ensure } from './plan.error.js';

/** A fact that was first recorded wrongly: what was wrong with it, and what became of it. */
export interface Slip {
  readonly reason: 'recorded_in_error' | 'wrong_person' | 'duplicate';
  /** What was sent at first; the draft's own data are what is sent after it was taken back. */
  readonly sentFirst: JsonObject;
  /** False when the fact should never have been sent, so that nothing follows the retraction. */
  readonly sentAgain: boolean;
  /** When the retraction is recorded. */
  readonly noticed: Instant;
}

/** A fact of the plan, before it has an id and, mostly, a recorded time. */
export interface DraftFact {
  readonly name: FactName;
  readonly time: Instant;
  data: JsonObject;
  /** Where the plan wants the recorded time to be; elsewhere the usual delay of the type applies. */
  recorded?: Instant;
  slip?: Slip;
}

export interface Profile {
  gender: string;
  birthYear: number;
  education: string;
  employment: string;
}

/** An SA with the moment at which it was chosen or the PdS was signed with it. */
export interface WithSa {
  readonly sa: string;
  readonly time: Instant;
}

/** One made-up person on the way through the programme. The verbs add facts and keep what later steps build on. */
export class Journey {
  /** Given out at the end, in the order of registration. */
  id = '';
  profile: Profile | undefined;
  readonly facts: DraftFact[] = [];
  attended: Instant | undefined;
  /** All choices, the latest last. */
  readonly choices: WithSa[] = [];
  pact: WithSa | undefined;
  closed = false;

  constructor(
    readonly territory: string,
    readonly registered: Instant,
  ) {}

  get choice(): WithSa | undefined {
    return this.choices.at(-1);
  }

  /** The latest fact's time, the registration's where there is no other. */
  get lastStep(): Instant {
    return this.facts.reduce((last, fact) => Math.max(last, fact.time), this.registered);
  }

  add(name: FactName, time: Instant, data: JsonObject, recorded?: Instant): DraftFact {
    ensure(time >= this.registered, `${name} of somebody who has not registered yet`);
    const fact: DraftFact = recorded === undefined ? { name, time, data } : { name, time, data, recorded };
    this.facts.push(fact);
    return fact;
  }

  book(meeting: Meeting, time: Instant): void {
    ensure(time < meeting.start, 'a booking of a meeting that has begun');
    const scheduledFor = new Date(meeting.start).toISOString();
    this.add('booked', time, { venue: meeting.venue.code, meetingId: meeting.id, scheduledFor });
  }

  cancel(meeting: Meeting, time: Instant): void {
    this.add('booking-cancelled', time, { meetingId: meeting.id });
  }

  attend(meeting: Meeting): void {
    ensure(this.attended === undefined, 'a second attendance');
    this.attended = meeting.start;
    this.add('attended', meeting.start, { venue: meeting.venue.code, meetingId: meeting.id });
  }

  miss(meeting: Meeting): void {
    this.add('absent', meeting.start, { venue: meeting.venue.code, meetingId: meeting.id });
  }

  choose(sa: string, time: Instant): void {
    ensure(this.attended !== undefined && time > this.attended, 'a choice without an attendance before it');
    this.choices.push({ sa, time });
    this.add('sa-chosen', time, { sa });
  }

  sign(time: Instant): void {
    const choice = this.choice;
    ensure(choice !== undefined && time > choice.time, 'a pact without a choice before it');
    ensure(this.pact === undefined, 'a second pact');
    this.pact = { sa: choice!.sa, time };
    this.add('pds-signed', time, { sa: choice!.sa });
  }

  receive(time: Instant, recorded?: Instant): void {
    this.add('reception-held', time, this.ofSa(), recorded);
  }

  close(kind: 'abandoned' | 'not-admissible', reason: string, time: Instant, recorded?: Instant): void {
    ensure(!this.closed && this.pact === undefined, 'a closure of what is closed or signed');
    this.closed = true;
    this.add(kind, time, { ...this.ofSa(), reason }, recorded);
  }

  private ofSa(): JsonObject {
    return this.choice ? { sa: this.choice.sa } : {};
  }
}
