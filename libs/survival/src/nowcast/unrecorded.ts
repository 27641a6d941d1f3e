import { at, type Incidence } from './incidence.js';
import { type RecordedShare, unrecordedAfter } from './recording-delay.js';
import { type Recording } from './recording.js';
import { type NowcastSample } from './sample.js';

/** Below this a chance is rounding. */
const LEAST_CHANCE = 1e-12;
/** When this part of the facts at most is missing, the rest is not looked for. */
const LEAST_MISSING = 1e-4;

/**
 * What may have happened, off the record, to somebody who entered on some day and is on record as pending. The
 * arrays are buffers, overwritten by the next `look`: index i stands for the day `from` + i.
 */
export class Unrecorded {
  from = 0;
  days = 0;
  readonly converted: Float64Array;
  readonly lost: Float64Array;
  /** The chances, of all who entered on that day, to be pending in fact, and on record. */
  stillPending = 0;
  recordedPending = 0;
  /** The sums of the arrays: chances to be converted or lost and pending on record. */
  convertedSum = 0;
  lostSum = 0;
  /** By the distance of a day from the first one that is looked at: the share of its facts that is not on record. */
  readonly missingConverted: Float64Array;
  readonly missingLost: Float64Array;
  readonly first: number;

  constructor(
    private readonly sample: Pick<NowcastSample, 'observedTo' | 'recordedTo' | 'clock'>,
    { converted, lost }: Recording,
  ) {
    const { observedTo, recordedTo } = sample;
    const longest = Math.max(daysUntilRecorded(converted), daysUntilRecorded(lost));
    this.first = Math.min(observedTo + 1, recordedTo - longest + 1);
    const days = observedTo + 1 - this.first;
    this.converted = new Float64Array(days);
    this.lost = new Float64Array(days);
    const missing = (share: RecordedShare) =>
      Float64Array.from({ length: days }, (_, i) => unrecordedAfter(share, recordedTo - this.first - i));
    this.missingConverted = missing(converted);
    this.missingLost = missing(lost);
  }

  look(entry: number, incidence: Incidence): void {
    const { observedTo, clock } = this.sample;
    const { converting, losing, notConverted, notLost } = incidence;
    const { first, converted, lost, missingConverted, missingLost } = this;
    const from = Math.max(entry, first);
    const days = Math.max(0, observedTo - from + 1);
    let convertedSum = 0;
    let lostSum = 0;
    const { before } = clock;
    const open = before[entry - clock.first]!;
    const nextDay = from + 1 - clock.first;
    let age = before[nextDay - 1]! - open;
    // Nearly all the time of a forecast goes by in here.
    for (let i = 0, since = from - entry, place = from - first; i < days; i++, since++, place++) {
      const next = before[nextDay + i]! - open;
      const toConvert = next > age ? converting[age]! : 0;
      const notLostBefore = notLost[since]!;
      convertedSum += converted[i] =
        notConverted[age]! * notLostBefore * toConvert * missingConverted[place]!;
      lostSum += lost[i] = notConverted[next]! * notLostBefore * losing[since]! * missingLost[place]!;
      age = next;
    }
    this.from = from;
    this.days = days;
    this.convertedSum = convertedSum;
    this.lostSum = lostSum;
    this.stillPending =
      at(notConverted, clock.age(entry, observedTo + 1)) * at(notLost, observedTo + 1 - entry);
    this.recordedPending = Math.max(LEAST_CHANCE, this.stillPending + this.convertedSum + this.lostSum);
  }
}

/** After how many days nearly every fact is on record. */
function daysUntilRecorded(share: RecordedShare): number {
  return share.findIndex((recorded) => 1 - recorded < LEAST_MISSING);
}
