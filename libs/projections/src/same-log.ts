import { type EventLog, EventLogError } from '#event-log';
import { streamOf } from '#events';
import { readFactRow } from './fact-rows.js';
import { FACT_FORM } from './forms.js';
import { type Lane } from './lane.js';

/**
 * Makes sure that the read models were made of this log: the first fact of each base model has to be there, in its place.
 *
 * @throws EventLogError `corrupt` when it is not
 */
export async function requireSameLog(log: EventLog, lanes: readonly Lane[]): Promise<void> {
  for (const { projection, model, checkpoint } of lanes) {
    if (projection.form !== FACT_FORM) continue;
    const [first] = await model.rows({ after: 0, upTo: checkpoint, limit: 1 });
    if (!first) continue;
    const { position, source, id, ...fact } = readFactRow(first);
    const facts = await log.readStream(streamOf(fact));
    const isThere = facts.some((one) => one.position === position && one.source === source && one.id === id);
    if (isThere) continue;
    const detail = `the fact at ${position}, the first of ${model.id}, is not in this log`;
    throw new EventLogError('corrupt', `${detail}: the read models were made of another one`);
  }
}
