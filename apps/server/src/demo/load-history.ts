import { Readable } from 'node:stream';
import { type EventLog } from '#event-log';
import { demoHistory } from '#history';
import { type LineIntake } from '../../../ingest/src/line-intake.js';
import { holdsHistory } from './history-in-log.js';
import { startProgress } from './progress.js';

/** Lines a part of the body. */
const PART = 200;

/**
 * Puts the history into the log, on the way that a file of an importer takes. Nothing happens when it is there; a load
 * that was interrupted is completed, since what is known already is a duplicate.
 *
 * @returns how many facts were new
 * @throws ConfigError when the log holds other facts
 */
export async function loadHistory(log: EventLog, intake: LineIntake): Promise<number> {
  const history = demoHistory();
  if (await holdsHistory(log, history)) return 0;
  const progress = startProgress('Loading the history', history.length);
  function* parts(): Generator<Buffer> {
    for (let start = 0; start < history.length; start += PART) {
      const events = history.slice(start, start + PART);
      yield Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
      progress.update(start + events.length);
    }
  }
  try {
    const body = Readable.from(parts(), { objectMode: true, highWaterMark: 1 });
    const { accepted } = await intake.accept(body, { mayImport: true, skip: false, validateOnly: false });
    return accepted;
  } finally {
    progress.end();
  }
}
