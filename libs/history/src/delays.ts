import { type Instant, endOfDay, romeDay } from '#calendar';
import { type FactName } from '#events';
import { type Rng } from './rng.js';
import { MINUTE, dayOf, isWorkingDay, wallClock } from './working-time.js';

/** What the printed tables count of 2020 is recorded by then: the report gives the state of that day. */
const STATE_OF_REPORT = endOfDay(dayOf('2020-12-31')) - 10 * MINUTE;

/** How many calendar days an office takes to record a fact: usually up to `usual`, now and then some weeks. */
interface OfficeDelay {
  readonly usual: number;
  readonly lateShare: number;
}

const OFFICE_DELAYS: Partial<Record<FactName, OfficeDelay>> = {
  attended: { usual: 3, lateShare: 0.04 },
  absent: { usual: 3, lateShare: 0.04 },
  'meeting-held': { usual: 2, lateShare: 0.02 },
  'sa-chosen': { usual: 2, lateShare: 0.02 },
  'reception-held': { usual: 10, lateShare: 0.05 },
  'pds-signed': { usual: 7, lateShare: 0.06 },
  'not-admissible': { usual: 14, lateShare: 0.1 },
  abandoned: { usual: 20, lateShare: 0.1 },
};

/**
 * When the source learnt of a fact: minutes after a step on the web, hours to days after what an office writes down,
 * and some weeks for the few that lay about. What happened by the end of 2020 is recorded by then.
 */
export function recordedAt(rng: Rng, name: FactName, time: Instant): Instant {
  const office = OFFICE_DELAYS[name];
  const recorded = office ? officeRecord(rng, time, office) : time + rng.between(10, 600) * 1000;
  if (recorded <= STATE_OF_REPORT || time > STATE_OF_REPORT) return recorded;
  return time + Math.floor(((STATE_OF_REPORT - time) * (1 + rng.next())) / 2000) * 1000;
}

function officeRecord(rng: Rng, time: Instant, { usual, lateShare }: OfficeDelay): Instant {
  const late = rng.chance(lateShare);
  // Squared, so that short delays are the rule.
  const days = late ? rng.between(14, 45) : Math.floor(rng.next() * rng.next() * (usual + 1));
  if (days === 0) return time + rng.between(30, 120) * MINUTE;
  let day = romeDay(time) + days;
  while (!isWorkingDay(day)) day++;
  return wallClock(day, rng.between(8 * 60, 18 * 60)) + rng.between(0, 59) * 1000;
}
