import { EVENT_TYPES, type Fact, type JsonObject } from '#events';
import { type MeasuredFact } from '#measures';
import { type FactRow, readFactRow } from '#projections';
import { type ModelRow } from '#read-models';

/** What the columns need of a row of a base read model; `data` in the form of its type's newest version. */
export type FactCells = Pick<
  FactRow,
  'name' | 'time' | 'recorded' | 'accepted' | 'source' | 'id' | 'retracts' | 'data'
>;

export function readFactCells(row: ModelRow): FactCells {
  const fact = readFactRow(row);
  const data = inNewestForm(fact.type, fact.data);
  return data === fact.data ? fact : { ...fact, data };
}

/** A fact as the measures know it, with the fact as it was sent. */
export type RowFact = MeasuredFact & { readonly sent: Fact };

export function readFactInFull(row: ModelRow): RowFact {
  const { name, position, group: _group, retracts: _retracts, ...sent } = readFactRow(row);
  const data = inNewestForm(sent.type, sent.data);
  return { ...sent, name, data, position, sent } as unknown as RowFact;
}

/** The payload was checked when the row was made; only its form may be that of an older version. */
function inNewestForm(type: string, data: JsonObject): JsonObject {
  const version = EVENT_TYPES.get(type);
  let form = data;
  for (const later of version ? EVENT_TYPES.laterThan(version) : []) form = later.upcast!(form);
  return form;
}
