import { type Collection, type Db, type Filter } from 'mongodb';
import { ReadModelError } from '../read-model.error.js';
import { type Lease, type ModelProblem, type ModelState, type Position } from '../read-model.port.js';

export interface ModelEntry {
  readonly projection: string;
  readonly version: number;
  readonly digest: string;
  readonly generation: number;
  readonly form: string;
  /** `_id` of the programme catalogue among the catalogues. */
  readonly catalogue: string;
  readonly state: ModelState;
  readonly checkpoint: Position;
  readonly problem: ModelProblem | null;
}

export interface LeaseEntry {
  readonly holder: string;
  readonly epoch: number;
  readonly expires: Date;
}

/**
 * All that is known of the models of a store but their rows: one document, since one document is what every server
 * changes in one step. So a checkpoint moves only while its lease is the newest, one model takes over as the other
 * retires, and a reader sees all checkpoints as they were at one moment.
 */
export interface StateDocument {
  readonly _id: typeof STATE_ID;
  /** Of this document and of the rows. */
  readonly form: number;
  /** Grows whenever a model is made, serves or goes: whoever changes the models says which state he has seen. */
  readonly changes: number;
  readonly models: Readonly<Record<string, ModelEntry>>;
  readonly leases: Readonly<Record<string, LeaseEntry>>;
}

const STATE_ID = 'read-models';
const FORM_VERSION = 1;

export const THE_STATE: Filter<StateDocument> = { _id: STATE_ID };

export const stateOf = (db: Db): Collection<StateDocument> => db.collection<StateDocument>('state');

/** Makes the document where it is missing. */
export async function createState(db: Db): Promise<void> {
  // Not from 0: after somebody dropped the database the ids of its models must not come again.
  const changes = Math.floor(Date.now() / 1000);
  const empty = { form: FORM_VERSION, changes, models: {}, leases: {} };
  await stateOf(db).updateOne(THE_STATE, { $setOnInsert: empty }, { upsert: true });
}

/**
 * The document; one without models where it has not been made yet.
 *
 * @throws ReadModelError `invalid` when another version of this code made it
 */
export async function readState(db: Db, maxTimeMS: number): Promise<StateDocument> {
  const found = await stateOf(db).findOne(THE_STATE, { maxTimeMS });
  if (!found) return { _id: STATE_ID, form: FORM_VERSION, changes: 0, models: {}, leases: {} };
  if (found.form === FORM_VERSION) return found;
  throw new ReadModelError(
    'invalid',
    `the database ${db.databaseName} has the form ${found.form} of read models, this version knows ${FORM_VERSION}; ` +
      'it can be dropped, read models are rebuilt from the log',
  );
}

/** A lease's name as a part of a field's path: without the dots and dollars that mean something there. */
export function leasePath(name: string): string {
  return `leases.${encodeURIComponent(name).replaceAll('.', '%2E')}`;
}

/** Holds only while the lease is the newest of its name. */
export function whileHeld({ name, holder, epoch }: Lease): Filter<StateDocument> {
  const path = leasePath(name);
  return { ...THE_STATE, [`${path}.holder`]: String(holder), [`${path}.epoch`]: Number(epoch) };
}
