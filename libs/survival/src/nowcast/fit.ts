import { type CohortRecords, end, type Records } from './cohort-records.js';
import { type Exposure, type Incidence, incidenceFrom } from './incidence.js';
import { type Recording, recordingOf } from './recording.js';
import { type NowcastSample, type Part } from './sample.js';
import { Unrecorded } from './unrecorded.js';

/** What a sample says of how people go on, and of how fast it is known. */
export interface Fit {
  readonly incidence: Incidence;
  readonly recording: Recording;
}

const MOST_ROUNDS = 200;
/** In people: when a round moves fewer than this, the next would change nothing that matters. */
const SETTLED = 1e-3;

/**
 * Hazards and recording delays from part of a sample. What has happened and is not on record yet is put where the
 * hazards themselves expect it, until both agree (expectation–maximisation: Dempster, Laird & Rubin 1977; the
 * self-consistency of Turnbull 1976). So a recent cohort adds what it knows and no more.
 *
 * @param start the incidence of a sample that this is nearly all of: then one round from there comes near enough, as
 *   little is off the record
 */
export function fit(records: CohortRecords, part: Part, start?: Incidence): Fit {
  const { sample } = records;
  const record = records.of(part);
  const recording = recordingOf(record);
  const unrecorded = new Unrecorded(sample, recording);
  let incidence = start ?? incidenceFrom(record.conversions, record.losses);
  for (let round = 0, before = -1; round < MOST_ROUNDS; round++) {
    const { conversions, losses, expected } = completed(sample, record, incidence, unrecorded);
    incidence = incidenceFrom(conversions, losses);
    if (start || Math.abs(expected - before) < SETTLED) break;
    before = expected;
  }
  return { incidence, recording };
}

/** What is on record, completed by what the incidence expects to have happened unrecorded. */
function completed(
  { observedTo, clock }: NowcastSample,
  record: Records,
  incidence: Incidence,
  unrecorded: Unrecorded,
): { conversions: Exposure; losses: Exposure; expected: number } {
  const conversions = copy(record.conversions);
  const losses = copy(record.losses);
  let expected = 0;
  for (const [entry, members] of record.pending) {
    unrecorded.look(entry, incidence);
    const weight = members / unrecorded.recordedPending;
    const gone = weight * (unrecorded.convertedSum + unrecorded.lostSum);
    if (gone === 0) continue;
    expected += gone;
    end(conversions, clock.age(entry, observedTo + 1) - 1, -gone);
    end(losses, observedTo - entry, -gone);
    for (let i = 0; i < unrecorded.days; i++) {
      const day = unrecorded.from + i;
      const converted = weight * unrecorded.converted[i]!;
      const lost = weight * unrecorded.lost[i]!;
      if (converted + lost === 0) continue;
      const age = clock.age(entry, day);
      conversions.events[age]! += converted;
      losses.events[day - entry]! += lost;
      end(conversions, age, converted);
      end(conversions, clock.age(entry, day + 1) - 1, lost);
      end(losses, day - entry - 1, converted);
      end(losses, day - entry, lost);
    }
  }
  return { conversions, losses, expected };
}

function copy({ events, ends }: Exposure): Exposure {
  return { events: events.slice(), ends: ends.slice() };
}
