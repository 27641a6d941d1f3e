import { type AttributeValue, type Fact, type FactName, type JsonObject, readFact } from '#events';
import { type Cell, type ModelRow, type Position } from '#read-models';
import { FoldError } from './fold.error.js';
import { type FoldedFact, foldedFact } from './folded-fact.js';

/** A row of a base read model in words. */
export interface FactRow extends Fact {
  readonly position: Position;
  readonly group: string;
  readonly name: FactName;
  /** Of a retraction: the position of the fact that it takes back. */
  readonly retracts: Position | null;
}

/** The cells of a fact in the order of FACT_FORM. */
export function factCells(fact: FoldedFact, retracts: Position | null): Cell[] {
  return [
    fact.name,
    fact.type,
    fact.time,
    fact.recorded,
    fact.accepted,
    fact.source,
    fact.id,
    fact.subject ?? null,
    retracts,
    JSON.stringify(fact.sent),
    fact.attributes === undefined ? null : JSON.stringify(fact.attributes),
  ];
}

/**
 * The fact in a row of FACT_FORM, with `data` as it was sent.
 *
 * @throws FoldError when the row is damaged
 */
export function readFactRow({ position, group, cells }: ModelRow): FactRow {
  const [name, type, time, recorded, accepted, source, id, subject, retracts, data, attributes] = cells;
  return {
    position,
    group,
    name: name as FactName,
    type: type as string,
    time: time as number,
    recorded: recorded as number,
    accepted: accepted as number,
    source: source as string,
    id: id as string,
    ...(subject === null ? {} : { subject: subject as string }),
    retracts: retracts as number | null,
    data: parse<JsonObject>(data as string, position),
    ...(attributes === null
      ? {}
      : { attributes: parse<Record<string, AttributeValue>>(attributes as string, position) }),
  };
}

function parse<T>(text: string, position: Position): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    // The engine's own message would repeat a part of the text.
    throw new FoldError(`the row of the fact at position ${position} holds no JSON`);
  }
}

/**
 * The fact in a row of FACT_FORM as folds get it.
 *
 * @throws FoldError when this version cannot read it
 */
export function foldedFactOf(row: ModelRow): FoldedFact {
  const { retracts: _retracts, group, name: _name, ...fact } = readFactRow(row);
  // The row does not keep the stream, and folds do not see it: the group stands in for it in messages.
  const read = readFact({ ...fact, stream: group, revision: 0 });
  if (!read.ok) throw new FoldError(read.detail);
  return foldedFact(read.fact, fact.data, group);
}
