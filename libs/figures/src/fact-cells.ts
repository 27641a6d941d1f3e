import { type Instant } from '#calendar';
import { EVENT_TYPES, type Fact, type FactName, type JsonObject } from '#events';
import { type MeasuredFact } from '#measures';
import { FACT_FORM } from '#projections';
import { type ModelRow } from '#read-models';

const place = (name: string) => FACT_FORM.columns.findIndex((column) => column.name === name);
const NAME = place('name');
const TYPE = place('type');
const TIME = place('time');
const RECORDED = place('recorded');
const ACCEPTED = place('accepted');
const SOURCE = place('source');
const ID = place('id');
const SUBJECT = place('subject');
const RETRACTS = place('retracts');
const DATA = place('data');
const ATTRIBUTES = place('attributes');

/** What the columns need of a row of a base read model. */
export interface FactCells {
  readonly name: FactName;
  readonly time: Instant;
  readonly recorded: Instant;
  readonly source: string;
  /** Of a retraction: the position of the fact that it takes back. */
  readonly retracts: number | null;
  /** In the form of the type's newest version. */
  readonly data: JsonObject;
}

/** Reads a row of FACT_FORM, no more of it than the columns need: a million of them are read at start. */
export function readFactCells({ cells }: ModelRow): FactCells {
  return {
    name: cells[NAME] as FactName,
    time: cells[TIME] as number,
    recorded: cells[RECORDED] as number,
    source: cells[SOURCE] as string,
    retracts: cells[RETRACTS] as number | null,
    data: inNewestForm(cells[TYPE] as string, JSON.parse(cells[DATA] as string) as JsonObject),
  };
}

/** A fact as the measures know it, with the fact as it was sent. */
export type RowFact = MeasuredFact & { readonly sent: Fact };

/** Reads a row of FACT_FORM with everything that was sent. */
export function readFactInFull(row: ModelRow): RowFact {
  const { cells, position } = row;
  const { name, data } = readFactCells(row);
  const attributes = cells[ATTRIBUTES] as string | null;
  const sent: Fact = {
    source: cells[SOURCE] as string,
    id: cells[ID] as string,
    type: cells[TYPE] as string,
    subject: (cells[SUBJECT] as string | null) ?? undefined,
    time: cells[TIME] as number,
    recorded: cells[RECORDED] as number,
    accepted: cells[ACCEPTED] as number,
    data: JSON.parse(cells[DATA] as string) as JsonObject,
    ...(attributes === null ? {} : { attributes: JSON.parse(attributes) as Fact['attributes'] }),
  };
  return { ...sent, name, data, position, sent } as unknown as RowFact;
}

/** The payload was checked when the row was made; only its form may be that of an older version. */
function inNewestForm(type: string, data: JsonObject): JsonObject {
  const version = EVENT_TYPES.get(type);
  let form = data;
  for (const later of version ? EVENT_TYPES.laterThan(version) : []) form = later.upcast!(form);
  return form;
}
