import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadCatalogue } from '#catalogue';
import { openEventLog } from '#event-log/open';
import { runToEnd, servedRows } from '#projections/testing/running';
import { openReadModels } from '#read-models/open';
import { isRegistration, type RetryingLoad } from './retrying-load.js';
import { type ServerProcess } from './server-process.js';

/** A fact as the audit gives it. */
export interface LoggedFact {
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly subject?: string;
  readonly time: string;
  readonly recordedtime: string;
  readonly position: string;
  readonly data: object;
}

export async function wholeLog({ url }: ServerProcess): Promise<LoggedFact[]> {
  const answer = await fetch(`${url}/v1/audit/log`, { headers: { accept: 'application/x-ndjson' } });
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as LoggedFact);
}

/** Gets an answer that reflects a position, however often it takes; gives how long it took. */
export async function untilReached(query: ServerProcess, position: string, limitMs: number): Promise<number> {
  const start = Date.now();
  for (;;) {
    const answer = await fetch(`${query.url}/v1/stock?after=${position}`).catch(() => undefined);
    const text = await answer?.text().catch(() => undefined);
    if (answer?.status === 200) return Date.now() - start;
    if (Date.now() - start > limitMs)
      throw new Error(`${position} was not reached: ${text}\n${query.printed}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Every fact that was acknowledged is in the log once, as it was acknowledged; and the figures are those of the log. */
export async function expectNothingLost(load: RetryingLoad, query: ServerProcess): Promise<void> {
  const log = await wholeLog(query);
  expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  const stored = new Map(log.map((fact) => [fact.id, fact]));
  for (const [id, told] of load.acknowledged) {
    const fact = stored.get(id);
    expect({ id, isStored: fact !== undefined }).toEqual({ id, isStored: true });
    if (told) expect(fact).toMatchObject({ position: told.position, recordedtime: told.recordedAt });
  }
  const after = log.at(-1)!.position;
  await untilReached(query, after, 60_000);
  const replay = await query.get<object>(`/v1/audit/replay?groupBy=territory&after=${after}`);
  expect(replay).toMatchObject({ matches: true, differences: [], position: after });
  const served = await query.get<{ totals: { registered: number } }>(`/v1/funnel/monthly?after=${after}`);
  expect(served.totals.registered).toBe(log.filter(({ id }) => isRegistration(id)).length);
}

/** The rows that the read models serve are, one by one, those that a projection of the whole log makes anew. */
export async function expectRowsOfRebuild(
  eventLogUrl: string,
  readModelUrl: string,
  folder: string,
): Promise<void> {
  const log = await openEventLog(eventLogUrl, { mode: 'read' });
  const path = join(folder, `rebuilt-${Date.now()}.db`);
  const rebuilt = await openReadModels(`sqlite:${path}`);
  const served = await openReadModels(readModelUrl, { readonly: true });
  try {
    await runToEnd({ log, store: rebuilt, catalogue: loadCatalogue() });
    const [expected, found] = [await servedRows(rebuilt), await servedRows(served)];
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
    for (const [projection, rows] of Object.entries(expected)) expect(found[projection]).toEqual(rows);
  } finally {
    await Promise.all([rebuilt.close(), served.close(), log.close()]);
    await rm(path, { force: true });
  }
}
