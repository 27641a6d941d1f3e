import { CohortRecords, type Records } from './cohort-records.js';
import { type RecordedShare, recordedShareOf } from './recording-delay.js';
import { type CONVERTED, LOST, type NowcastSample, WHOLE } from './sample.js';

/** How fast conversions and losses come on record. */
export interface Recording {
  readonly converted: RecordedShare;
  readonly lost: RecordedShare;
}

/** The recording delays of both kinds. */
export function recordingOf({ conversionDelays, lossDelays }: Records): Recording {
  return { converted: recordedShareOf(conversionDelays), lost: recordedShareOf(lossDelays) };
}

/**
 * Within how many days a share of the conversions or losses of a sample is recorded, as far as can be told by now; with
 * no such fact 0.
 */
export function daysUntilRecorded(
  sample: NowcastSample,
  kind: typeof CONVERTED | typeof LOST,
  share: number,
): number {
  const { converted, lost } = recordingOf(new CohortRecords(sample).of(WHOLE));
  return (kind === LOST ? lost : converted).findIndex((recorded) => recorded >= share);
}
