import { tell } from '../output/output.js';
import { type Client } from '../target/client.js';
import { readLog } from '../target/log-stream.js';
import { type SystemState } from '../commands/status.command.js';
import { LogCheck } from './log-check.js';

/** Something that was looked at, and what was found. */
export interface Check {
  readonly check: string;
  readonly ok: boolean;
  readonly found: string;
}

interface Replayed {
  readonly matches: boolean;
  readonly differences: readonly unknown[];
  readonly position: string;
  readonly items: readonly unknown[];
}

/**
 * Reads the log from its first fact to its last, replays it and compares with what is served: now, and as it was known at
 * the given dates.
 */
export async function verify(client: Client, dates: readonly string[]): Promise<Check[]> {
  tell('reading the log');
  const checks = await checkLog(client);
  const after = checks.position;
  const found: Check[] = [...checks.checks, await checkModels(client)];
  for (const knownAt of [undefined, ...dates]) {
    for (const groupBy of [undefined, 'territory']) {
      const what = knownAt === undefined ? 'all that is known' : `what was known at ${knownAt}`;
      tell(`replaying ${what}${groupBy === undefined ? '' : ` by ${groupBy}`}`);
      const replayed = await client.get<Replayed>('/v1/audit/replay', { knownAt, groupBy, after });
      found.push({
        check: `replay ${knownAt ?? 'now'}${groupBy === undefined ? '' : ` by ${groupBy}`}`,
        ok: replayed.matches,
        found: `${replayed.items.length} rows at position ${replayed.position}, ${replayed.differences.length} cells differ`,
      });
    }
  }
  return found;
}

async function checkLog(client: Client): Promise<{ checks: Check[]; position: string }> {
  const log = new LogCheck();
  const { position, lines } = await readLog(client, {}, async (bytes) => log.take(bytes));
  const { faults, last } = log;
  const [first] = faults;
  return {
    position,
    checks: [
      {
        check: 'log readable',
        ok: faults.length === 0,
        found: first === undefined ? `${lines} facts` : `${faults.length} faults; the first: ${first}`,
      },
      {
        check: 'log complete',
        ok: String(last) === position,
        found: `read to position ${last} of ${position}`,
      },
    ],
  };
}

/** Nothing is halted, and nothing waits to be taken in for good. */
async function checkModels(client: Client): Promise<Check> {
  const { status, detail, projections = [] } = await client.status<SystemState>();
  const halted = projections.filter(({ problem }) => problem !== null);
  return {
    check: 'read models',
    ok: status === 200 && halted.length === 0,
    found:
      halted.length > 0
        ? halted.map(({ projection, problem }) => `${projection}: ${problem}`).join('; ')
        : detail,
  };
}
