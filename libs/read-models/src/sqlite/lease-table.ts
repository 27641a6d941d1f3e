import { type Database, type Statement } from 'better-sqlite3';
import { type Lease } from '../read-model.port.js';

interface StoredLease {
  readonly holder: string;
  readonly epoch: number;
  readonly expires: number;
}

/** Who may write. A lease that was given back stays, with nobody holding it, so that its epochs go on growing. */
const NOBODY = '';

/** The condition that a lease is the newest of its name; takes name, holder and epoch. */
export const IS_NEWEST = 'EXISTS (SELECT 1 FROM leases WHERE name = ? AND holder = ? AND epoch = ?)';

export function isNewest(database: Database, { name, holder, epoch }: Lease): boolean {
  return database.prepare(`SELECT ${IS_NEWEST}`).pluck().get(name, holder, epoch) === 1;
}

/** The leases of a store. Time is the clock of the machine, which all who open the file share. */
export class LeaseTable {
  private readonly current: Statement<[string], StoredLease>;
  private readonly write: Statement<[string, string, number, number]>;
  private readonly end: Statement<[string, string, string, number]>;

  constructor(database: Database) {
    this.current = database.prepare('SELECT holder, epoch, expires FROM leases WHERE name = ?');
    this.write = database.prepare(
      `INSERT INTO leases (name, holder, epoch, expires) VALUES (?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, epoch = excluded.epoch, expires = excluded.expires`,
    );
    this.end = database.prepare(
      'UPDATE leases SET holder = ?, expires = 0 WHERE name = ? AND holder = ? AND epoch = ?',
    );
  }

  /** Inside a transaction that writes, so that two who ask at once are served one after the other. */
  take(name: string, holder: string, ttlMs: number): Lease | undefined {
    const now = Date.now();
    const current = this.current.get(name);
    const isOwn = current?.holder === holder;
    if (current && !isOwn && current.expires > now) return undefined;
    const epoch = (current?.epoch ?? 0) + (isOwn ? 0 : 1);
    this.write.run(name, holder, epoch, now + ttlMs);
    return { name, holder, epoch };
  }

  release({ name, holder, epoch }: Lease): void {
    this.end.run(NOBODY, name, holder, epoch);
  }
}
