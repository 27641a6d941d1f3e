import { parseDay } from '#calendar';
import { Ajv } from 'ajv';
import {
  CODE_FORM,
  SUSPENDABLE_STAGES,
  VENUE_MODES,
  type SuspendableStage,
  type VenueMode,
} from './catalogue-entries.js';

/** An entry as it stands in the file: days are texts. */
export interface FileEntry {
  readonly code: string;
  readonly name: string;
  readonly validFrom?: string;
  readonly validTo?: string;
}

/** The programme file, of the right form; `parseCatalogue` checks that it makes sense too. */
export interface CatalogueFile {
  readonly territories: readonly FileEntry[];
  readonly venues: readonly (FileEntry & { readonly territory: string; readonly mode: VenueMode })[];
  readonly sas: readonly (FileEntry & { readonly territory: string })[];
  readonly cycles: readonly { readonly code: string; readonly from: string; readonly to?: string }[];
  readonly suspensions: readonly {
    readonly stage: SuspendableStage;
    readonly from: string;
    readonly to: string;
  }[];
}

const code = { type: 'string', pattern: CODE_FORM.source };
const name = { type: 'string', pattern: '^[^\\p{Cc}\\p{Cs}]{1,200}$' };
const day = { type: 'string', format: 'date' };

function list(properties: Record<string, object>, optional: Record<string, object> = {}, minItems = 1) {
  return {
    type: 'array',
    minItems,
    items: {
      type: 'object',
      required: Object.keys(properties),
      properties: { ...properties, ...optional },
      additionalProperties: false,
    },
  };
}

const validity = { validFrom: day, validTo: day };
const lists = {
  territories: list({ code, name }, validity),
  venues: list({ code, name, territory: code, mode: { enum: VENUE_MODES } }, validity),
  sas: list({ code, name, territory: code }, validity),
  cycles: list({ code, from: day }, { to: day }),
  suspensions: list({ stage: { enum: SUSPENDABLE_STAGES }, from: day, to: day }, {}, 0),
};

const ajv = new Ajv({ allErrors: true, ownProperties: true });
ajv.addFormat('date', (text: string) => parseDay(text) !== undefined);

/** Whether the value has the form of a programme file; else `isCatalogueFile.errors` tells why not. */
export const isCatalogueFile = ajv.compile<CatalogueFile>({
  type: 'object',
  required: Object.keys(lists),
  properties: lists,
  additionalProperties: false,
});
