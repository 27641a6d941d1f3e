/**
 * The limit for a rebuild: one thread that scans the log, parses and checks each fact, and inserts the very rows that
 * the read models hold (read beforehand, not counted), 2,000 facts a commit. It folds nothing and looks nothing up.
 *
 *   node raw-rebuild.js LOG READ-MODELS NEW-FILE   prints facts a second
 */
import 'reflect-metadata';
import { Sqlite } from '#sqlite';
import { readFact } from '#events';
import { openEventLog } from '#event-log/open';

const [logPath, modelsPath, path] = process.argv.slice(2) as [string, string, string];
const FACTS_A_COMMIT = 2_000;

const models = new Sqlite(modelsPath, { readonly: true });
const parts = models
  .prepare<[], { name: string; tbl_name: string; type: string; sql: string }>(
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE tbl_name LIKE 'rows_%' AND sql IS NOT NULL",
  )
  .all();

const database = new Sqlite(path);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = NORMAL');
database.pragma('cache_size = -65536');
database.pragma('wal_autocheckpoint = 20000');
for (const { sql } of parts) database.exec(sql);

const tables = parts
  .filter(({ type }) => type === 'table')
  .map(({ name }) => {
    const rows = models
      .prepare<[], unknown[]>(`SELECT * FROM ${name} ORDER BY position, sequence`)
      .raw()
      .all();
    const places = (rows[0] ?? []).map(() => '?').join(', ');
    const insert = rows.length === 0 ? undefined : database.prepare(`INSERT INTO ${name} VALUES (${places})`);
    return { rows, insert, next: 0 };
  });
models.close();

const log = await openEventLog(`sqlite:${logPath}`, { mode: 'read' });
let facts = 0;
const started = performance.now();
database.exec('BEGIN');
for await (const page of log.readAll({ after: 0, pageSize: FACTS_A_COMMIT })) {
  for (const stored of page.facts) {
    const read = readFact(stored);
    if (!read.ok) throw new Error(read.detail);
    facts += 1;
  }
  for (const table of tables) {
    for (
      let row = table.rows[table.next];
      row && (row[0] as number) <= page.position;
      row = table.rows[table.next]
    ) {
      table.insert!.run(...row);
      table.next += 1;
    }
  }
  database.exec('COMMIT; BEGIN');
}
database.exec('COMMIT');
process.stdout.write(JSON.stringify({ perSecond: facts / ((performance.now() - started) / 1000) }));
