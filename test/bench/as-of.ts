import { isoInstant } from '#calendar';
import { type ServerProcess } from '../support/server-process.js';
import { duckWith, monthlySql } from './duck.js';
import { count, line, timed } from './figures-of.js';
import { KeptConnection } from './kept-connection.js';
import { type SyntheticFact } from './synthetic-facts.js';

const TIMES = 15;
/** The server compiles the code that it runs often; DuckDB's is compiled. */
const WARM_UPS = 10;
const GROUPINGS: readonly string[][] = [[], ['territory'], ['territory', 'mode']];

export type AsOfTimes = ReadonlyMap<string, number>;

const name = (groupBy: readonly string[]) =>
  groupBy.length === 0 ? 'without group' : `by ${groupBy.join(' and ')}`;

/** Monthly figures at a past date, whole requests over a connection that is kept, in milliseconds. */
export async function asOfTimes(server: ServerProcess, knownAt: number): Promise<AsOfTimes> {
  const times = new Map<string, number>();
  const client = new KeptConnection(server.url);
  for (const groupBy of GROUPINGS) {
    const query = `/v1/funnel/monthly?knownAt=${isoInstant(knownAt)}${groupBy.length ? `&groupBy=${groupBy.join(',')}` : ''}`;
    for (let warm = 0; warm < WARM_UPS; warm += 1) await client.get(query);
    const { ms } = await timed(() => client.get(query), TIMES);
    times.set(name(groupBy), ms);
  }
  client.close();
  return times;
}

/** The same beside DuckDB; checks first that both count the same. */
export async function againstDuck(
  server: ServerProcess,
  facts: readonly SyntheticFact[],
  knownAt: number,
  served: AsOfTimes,
  smaller: AsOfTimes,
): Promise<void> {
  const duck = await duckWith(facts);
  const { totals } = await server.get<{ totals: Record<string, number> }>(
    `/v1/funnel/monthly?knownAt=${isoInstant(knownAt)}`,
  );
  const all = await duck.runAndReadAll(monthlySql(knownAt, []));
  const counted = all.getRowObjects().reduce((sum, row) => sum + Number(row['entries']), 0);
  const own = Object.values(totals).filter((value) => typeof value === 'number');
  const sum = own.reduce((a, b) => a + b, 0);
  if (sum !== counted) throw new Error(`DuckDB counts ${counted} entries, the server ${sum}`);

  for (const groupBy of GROUPINGS) {
    const { ms } = await timed(() => duck.runAndReadAll(monthlySql(knownAt, groupBy)), TIMES);
    const mine = served.get(name(groupBy))!;
    const goal = groupBy.length < 2 ? '≥ 20' : 'beside it';
    line(
      `monthly as-of ${name(groupBy)}, ${count(facts.length)} facts`,
      `${mine.toFixed(1)} ms`,
      `${ms.toFixed(1)} ms`,
      ms / mine,
      goal,
    );
  }
  for (const [what, ms] of served) {
    const before = smaller.get(what)!;
    line(
      `  growth over ten times the facts, ${what}`,
      `${ms.toFixed(1)} ms`,
      `${before.toFixed(1)} ms`,
      ms / before,
      'flat',
    );
  }
  duck.closeSync();
}
