import { type Db } from 'mongodb';
import { type Lease } from '../read-model.port.js';
import { createState, leasePath, stateOf, THE_STATE, whileHeld } from './state-document.js';

/** Who holds a lease that was given back; it stays, so that its epochs go on growing. */
const NOBODY = '';
const LONG_AGO = new Date(0);

/**
 * Takes or renews a lease in one step of the server, by the server's clock. Gives the lease, or undefined while another
 * holder's runs.
 */
export async function takeLease(
  db: Db,
  name: string,
  holder: string,
  ttlMs: number,
): Promise<Lease | undefined> {
  const path = leasePath(name);
  const now = `$${path}`;
  // Not as an expression: a name may begin with a dollar.
  const own = { $literal: holder };
  const isOwn = { $eq: [`${now}.holder`, own] };
  const isOver = { $lte: [{ $ifNull: [`${now}.expires`, LONG_AGO] }, '$$NOW'] };
  const epoch = { $ifNull: [`${now}.epoch`, 0] };
  const taken = {
    holder: own,
    epoch: { $cond: [isOwn, epoch, { $add: [epoch, 1] }] },
    expires: { $dateAdd: { startDate: '$$NOW', unit: 'millisecond', amount: ttlMs } },
  };
  const after = await stateOf(db).findOneAndUpdate(
    THE_STATE,
    [{ $set: { [path]: { $cond: [{ $or: [isOwn, isOver] }, taken, now] } } }],
    { returnDocument: 'after', projection: { [path]: 1 } },
  );
  if (!after) {
    // Somebody dropped the database: it is made anew, and the models are rebuilt.
    await createState(db);
    return takeLease(db, name, holder, ttlMs);
  }
  const current = Object.values(after.leases)[0];
  return current?.holder === holder ? { name, holder, epoch: current.epoch } : undefined;
}

export async function releaseLease(db: Db, lease: Lease): Promise<void> {
  const path = leasePath(lease.name);
  await stateOf(db).updateOne(whileHeld(lease), {
    $set: { [`${path}.holder`]: NOBODY, [`${path}.expires`]: LONG_AGO },
  });
}
