import { type Database, type Statement } from 'better-sqlite3';

/** FNV-1a over the UTF-16 units, as a signed 32-bit integer (public domain, Fowler, Noll and Vo). */
export function streamHash(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return hash | 0;
}

/** Finds the number that stands for a stream's name. */
export class StreamTable {
  private readonly find: Statement<[number, string], number>;
  private readonly counted: Statement<[], number>;
  private readonly allHashes: Statement<[], number>;

  constructor(database: Database) {
    this.find = database
      .prepare<[number, string], number>('SELECT number FROM streams WHERE hash = ? AND name = ?')
      .pluck();
    this.counted = database.prepare<[], number>('SELECT count(*) FROM streams').pluck();
    this.allHashes = database.prepare<[], number>('SELECT hash FROM streams').pluck();
  }

  count(): number {
    return this.counted.get() ?? 0;
  }

  /** Of the names of all streams. */
  hashes(): Iterable<number> {
    return this.allHashes.iterate();
  }

  /** Undefined when there is no such stream. */
  numberOf(name: string): number | undefined {
    return this.find.get(streamHash(name), name);
  }
}
