import { type Database, type Statement } from 'better-sqlite3';
import { EventLogError } from '../event-log.error.js';
import { NO_STREAM } from '../event-log.port.js';
import { type FactRow } from './fact-row.js';
import { asEventLogError } from './sqlite-errors.js';
import { StreamHeads } from './stream-heads.js';
import { type Committed, type Failed, type PackedAppend } from './writer-messages.js';

const INSERT_FACT = `
  INSERT INTO facts
    (position, stream, revision, source, type, time, recorded, accepted, id, subject, data, attributes)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

type FactCells = [...number[], string, string | null, string, string | null];

/** Carries out many appends in one transaction. */
export class GroupCommitter {
  private readonly streams: StreamHeads;
  private readonly names = new Map<string, number>();
  private readonly head: Statement<[], number>;
  private readonly addName: Statement<[string]>;
  private readonly findName: Statement<[string], number>;
  private readonly addFact: Statement<FactCells>;
  private readonly inOneTransaction: (appends: readonly PackedAppend[]) => Omit<Committed, 'milliseconds'>;

  constructor(private readonly database: Database) {
    this.streams = new StreamHeads(database);
    this.head = database.prepare<[], number>('SELECT coalesce(max(position), 0) FROM facts').pluck();
    this.addName = database.prepare('INSERT INTO names (name) VALUES (?)');
    this.findName = database.prepare<[string], number>('SELECT number FROM names WHERE name = ?').pluck();
    this.addFact = database.prepare<FactCells>(INSERT_FACT);
    const transaction = database.transaction((appends: readonly PackedAppend[]) => this.appendAll(appends));
    this.inOneTransaction = (appends) => transaction.immediate(appends);
  }

  /** Returns when the appends are on the disk, or when none of them is. */
  commit(appends: readonly PackedAppend[]): Committed | Failed {
    const start = performance.now();
    try {
      const outcome = this.inOneTransaction(appends);
      return { ...outcome, milliseconds: performance.now() - start };
    } catch (error) {
      // Numbers given to new names, and facts put into streams, went with the transaction.
      this.names.clear();
      this.streams.forget();
      const reported = asEventLogError(error, `cannot write to the event log ${this.database.name}`);
      if (!(reported instanceof EventLogError)) throw reported;
      return { kind: 'failed', count: appends.length, code: reported.code, message: reported.message };
    }
  }

  private appendAll(appends: readonly PackedAppend[]): Omit<Committed, 'milliseconds'> {
    const firstPositions: number[] = [];
    const actualRevisions: number[] = [];
    let next = (this.head.get() ?? 0) + 1;
    for (const { stream, expectedRevision, rows } of appends) {
      const known = this.streams.get(stream);
      const actual = known?.revision ?? NO_STREAM;
      actualRevisions.push(actual);
      if (actual !== expectedRevision) {
        firstPositions.push(0);
        continue;
      }
      const head = known ?? this.streams.add(stream);
      firstPositions.push(next);
      for (const row of rows) this.insert(next++, head.number, ++head.revision, row);
    }
    return { kind: 'committed', firstPositions, actualRevisions };
  }

  private insert(position: number, stream: number, revision: number, row: FactRow): void {
    const [source, type, time, recorded, accepted, id, subject, data, attributes] = row;
    this.addFact.run(
      position,
      stream,
      revision,
      this.numberOfName(source),
      this.numberOfName(type),
      time,
      recorded,
      accepted,
      id,
      subject,
      data,
      attributes,
    );
  }

  private numberOfName(name: string): number {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const number = this.findName.get(name) ?? Number(this.addName.run(name).lastInsertRowid);
    this.names.set(name, number);
    return number;
  }
}
