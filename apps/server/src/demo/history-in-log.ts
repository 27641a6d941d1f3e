import { type EventLog, LOG_START } from '#event-log';
import { type DemoEvent } from '#history';
import { ConfigError } from '#http';

type Identity = Pick<DemoEvent, 'source' | 'id' | 'type'> & { readonly subject?: string };

/** No part of an identity holds a line break. */
const identity = ({ source, id, type, subject = '' }: Identity) => [source, id, type, subject].join('\n');

/**
 * Whether the whole history is in the log. What visitors added after it does not matter.
 *
 * @throws ConfigError when something else stands in the log before the history is complete
 */
export async function holdsHistory(log: EventLog, history: readonly DemoEvent[]): Promise<boolean> {
  const missing = new Set(history.map(identity));
  for await (const page of log.readAll({ after: LOG_START })) {
    for (const fact of page.facts) {
      if (missing.size === 0) return true;
      if (missing.delete(identity(fact))) continue;
      throw new ConfigError(
        'EVENT_LOG_URL',
        `an empty log or one of the demo; this one holds ${fact.type} of ${fact.source}, which is not in the demo's history`,
      );
    }
  }
  return missing.size === 0;
}
