/**
 * The limit for figures: DuckDB, a fast column store, over the same facts. It has what the figure needs ready in
 * columns (Rome day, cycle, territory) and no retractions to look at.
 */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import 'reflect-metadata';
import { monthOfDay, romeDay } from '#calendar';
import { loadCatalogue } from '#catalogue';
import { type SyntheticFact } from './synthetic-facts.js';

const catalogue = loadCatalogue();

function territoryOf(fact: SyntheticFact): string {
  const { territory, venue, sa } = fact.data as Record<string, string | undefined>;
  return (
    territory ?? (venue ? catalogue.venue(venue)?.territory : catalogue.sa(sa ?? '')?.territory) ?? 'unknown'
  );
}

export async function duckWith(facts: readonly SyntheticFact[]): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  await connection.run(
    'CREATE TABLE facts (journey INTEGER, name VARCHAR, cycle VARCHAR, time BIGINT, recorded BIGINT, month INTEGER, day INTEGER, territory VARCHAR, mode VARCHAR)',
  );
  const appender = await connection.createAppender('facts');
  for (const fact of facts) {
    const day = romeDay(fact.time);
    const venue = catalogue.venue((fact.data['venue'] as string | undefined) ?? '');
    appender.appendInteger(fact.journey);
    appender.appendVarchar(fact.name);
    appender.appendVarchar(catalogue.cycleOf(day)!.code);
    appender.appendBigInt(BigInt(fact.time));
    appender.appendBigInt(BigInt(fact.recorded));
    appender.appendInteger(monthOfDay(day));
    appender.appendInteger(day);
    appender.appendVarchar(territoryOf(fact));
    appender.appendVarchar(venue?.mode ?? 'none');
    appender.endRow();
  }
  appender.closeSync();
  return connection;
}

/** The monthly funnel at a recorded instant: entries are the first fact of a journey, stage and cycle. */
export function monthlySql(knownAt: number, groupBy: readonly string[]): string {
  const firsts = groupBy.map((key) => `, arg_min(${key}, time) AS ${key}`).join('');
  const keys = ['month', 'name', ...groupBy].join(', ');
  return `SELECT ${keys}, count(*) AS entries FROM (
    SELECT journey, name, cycle, arg_min(month, time) AS month${firsts} FROM facts
    WHERE recorded <= ${knownAt} GROUP BY journey, name, cycle
  ) GROUP BY ${keys} ORDER BY ${keys}`;
}
