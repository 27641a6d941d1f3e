import {
  type Lease,
  type ModelForm,
  type ModelIdentity,
  type ModelRow,
  type ReadModelStore,
} from './read-model.port.js';

export interface OpenedStore {
  /** An empty store. */
  readonly store: ReadModelStore;
  /** A second connection to the same store, as another thread or process has one. */
  another(): Promise<ReadModelStore>;
  /** Closes what is open and opens the same store anew, as after a restart. */
  reopen(): Promise<ReadModelStore>;
  /** Closes and removes everything. */
  cleanup(): Promise<void>;
}

export const FORM: ModelForm = {
  grouped: true,
  columns: [
    { name: 'amount', type: 'integer' },
    { name: 'text', type: 'text' },
  ],
};
export const IDENTITY: ModelIdentity = {
  projection: 'journeys',
  version: 1,
  catalogueDigest: 'd1',
  generation: 0,
};
export const CATALOGUE = '{"cycles":["2020–"]}';
export const HOUR = 3_600_000;

export const row = (position: number, sequence = 0, group = 'J', amount = position): ModelRow => ({
  position,
  sequence,
  group,
  cells: [amount, `${group}@${position}.${sequence}`],
});

export const rejectsWith = (code: string) => ({ name: 'ReadModelError', code });

export async function taken(store: ReadModelStore, holder = 'A', ttlMs = HOUR): Promise<Lease> {
  const lease = await store.lease('projector', holder, ttlMs);
  if (!lease) throw new Error(`${holder} did not get the lease`);
  return lease;
}
