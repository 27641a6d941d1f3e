import { isoInstant, romeDay } from '#calendar';
import { type ServerProcess } from '../support/server-process.js';
import { duckWith } from './duck.js';
import { count, line, timed } from './figures-of.js';
import { KeptConnection } from './kept-connection.js';
import { program } from './processes.js';
import { type SyntheticFact } from './synthetic-facts.js';

const TIMES = 15;
const WARM_UPS = 10;

/**
 * The delays from attended to saChosen by day and outcome: all that the curve is made of. Entries are the first fact of
 * a journey and cycle; a journey's last fact says whether it is lost; whoever is pending is followed to `end`.
 */
function delaysSql(knownAt: number, end: number): string {
  return `WITH visible AS (SELECT journey, name, cycle, time, day FROM facts WHERE recorded <= ${knownAt}),
    entries AS (SELECT journey, cycle, min(time) AS time, min(day) AS day FROM visible
      WHERE name = 'attended' GROUP BY journey, cycle),
    reached AS (SELECT e.journey, e.cycle, e.day, min(c.day) AS on_day FROM entries e
      LEFT JOIN visible c ON c.journey = e.journey AND c.name = 'sa-chosen' AND c.time >= e.time
      GROUP BY e.journey, e.cycle, e.day),
    last AS (SELECT journey, arg_max(name, time) AS name, arg_max(day, time) AS day FROM visible GROUP BY journey),
    members AS (SELECT CASE WHEN on_day IS NOT NULL THEN 'converted'
        WHEN l.name IN ('abandoned', 'not-admissible') THEN 'lost' ELSE 'pending' END AS outcome,
      CASE WHEN on_day IS NOT NULL THEN on_day - r.day WHEN l.name IN ('abandoned', 'not-admissible') THEN l.day - r.day
        ELSE greatest(0, ${end} - r.day) END AS delay
      FROM reached r JOIN last l USING (journey))
    SELECT delay, outcome, count(*) AS members FROM members GROUP BY delay, outcome ORDER BY delay, outcome`;
}

interface Curve {
  readonly totals: {
    readonly curve: readonly { day: number; converted: number; lost: number; censored: number }[];
  };
}

/** Hysteresis with its curve at a past date, over HTTP, beside DuckDB, which only has to count; both must agree. */
export async function hysteresisAgainstDuck(
  server: ServerProcess,
  facts: readonly SyntheticFact[],
  knownAt: number,
): Promise<void> {
  const query = `/v1/hysteresis?knownAt=${isoInstant(knownAt)}&curve=true`;
  const sql = delaysSql(knownAt, romeDay(knownAt));
  const client = new KeptConnection(server.url);
  for (let warm = 0; warm < WARM_UPS; warm += 1) await client.get(query);
  const own = await timed(() => client.get(query), TIMES);
  client.close();
  const duck = await duckWith(facts);
  const limit = await timed(() => duck.runAndReadAll(sql), TIMES);

  const served = (JSON.parse(own.result.toString()) as Curve).totals.curve.flatMap(
    ({ day, converted, lost, censored }) =>
      Object.entries({ converted, lost, pending: censored })
        .filter(([, members]) => members > 0)
        .map(([outcome, members]) => `${day} ${outcome} ${members}`),
  );
  const counted = limit.result
    .getRowObjects()
    .map(({ delay, outcome, members }) => `${String(delay)} ${String(outcome)} ${String(members)}`);
  if (served.join() !== counted.join()) throw new Error('DuckDB and the server count different delays');
  line(
    `hysteresis as-of with curve, ${count(facts.length)} facts`,
    `${own.ms.toFixed(1)} ms`,
    `${limit.ms.toFixed(1)} ms`,
    limit.ms / own.ms,
    '≥ 5',
  );
  duck.closeSync();
}

/** What the columns behind it cost, filled in a process of their own. */
export async function columnsCost(readModels: string): Promise<void> {
  const { facts, seconds, bytes } = await program<{ facts: number; seconds: number; bytes: number }>(
    'columns',
    readModels,
  );
  const megabytes = bytes / facts;
  console.log(
    `  journey columns: ${megabytes.toFixed(0)} MB a million facts, ${count(facts)} taken in ${seconds.toFixed(1)} s (${count(facts / seconds)} a second)`,
  );
}
