import { type RecordedShare, recordedShare } from './recording-delay.js';
import { CONVERTED, LOST, type NowcastSample, type Part, WHOLE } from './sample.js';

/** How fast conversions and losses come on record. */
export interface Recording {
  readonly converted: RecordedShare;
  readonly lost: RecordedShare;
}

/** The recording delays of both kinds, from what part of a sample has on record. */
export function recordingOf(sample: NowcastSample, part: Part): Recording {
  return { converted: shareOf(sample, part, CONVERTED), lost: shareOf(sample, part, LOST) };
}

/**
 * Within how many days a share of the conversions or losses of a sample is recorded, as far as can be told by now; with
 * no such fact 0.
 *
 * @param kind CONVERTED or LOST
 */
export function daysUntilRecorded(sample: NowcastSample, kind: number, share: number): number {
  return shareOf(sample, WHOLE, kind).findIndex((recorded) => recorded >= share);
}

function shareOf(sample: NowcastSample, part: Part, kind: number): RecordedShare {
  const { outcome, cohort, day, recorded, recordedTo } = sample;
  const delays = new Int32Array(outcome.length);
  const limits = new Int32Array(outcome.length);
  let facts = 0;
  for (let i = 0; i < outcome.length; i++) {
    if (outcome[i] !== kind || !part(cohort[i]!)) continue;
    // A record from before its fact is a plan that came true: known at once.
    delays[facts] = Math.max(0, recorded[i]! - day[i]!);
    limits[facts] = Math.max(0, recordedTo - day[i]!);
    facts++;
  }
  return recordedShare(delays.subarray(0, facts), limits.subarray(0, facts));
}
