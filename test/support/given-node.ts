import { LOG_START } from '#event-log';
import { openEventLog } from '#event-log/open';
import { type StoredFact } from '#events';

const GIVEN = process.env['EVENT_LOG_URL'] ?? '';

/** The real node that EVENT_LOG_URL names; undefined when it names none. */
export const GIVEN_NODE = /^esdb(\+discover)?:/i.test(GIVEN) ? GIVEN : undefined;

/**
 * The given node for a suite that counts all that a log holds: undefined unless it holds nothing, or nothing but what the
 * suite itself sends. Says on standard error which it is.
 */
export async function givenNodeFor(
  suite: string,
  isOwn: (fact: StoredFact) => boolean = () => false,
): Promise<string | undefined> {
  if (GIVEN_NODE === undefined) return undefined;
  const log = await openEventLog(GIVEN_NODE, { mode: 'read' });
  let isFit = true;
  for await (const { facts } of log.readAll({ after: LOG_START })) {
    isFit = facts.every(isOwn);
    if (!isFit) break;
  }
  await log.close();
  const which = isFit
    ? 'the log is the node of EVENT_LOG_URL'
    : 'the node of EVENT_LOG_URL holds other facts: a stand-in';
  process.stderr.write(`${suite}: ${which}\n`);
  return isFit ? GIVEN_NODE : undefined;
}
