import { parseDay } from '#calendar';
import { type ErrorObject } from 'ajv';
import { Catalogue, type CatalogueLists } from './catalogue.js';
import { RESERVED_CODES } from './catalogue-entries.js';
import { type CatalogueFile, type FileEntry, isCatalogueFile } from './catalogue-file.schema.js';
import { CatalogueError } from './catalogue.error.js';
import { jsonFault } from './json-fault.js';

/**
 * Reads and validates a programme catalogue.
 *
 * @param input the text of the file, or the JSON value in it
 * @param name what to call the file in messages
 * @throws CatalogueError that names in one line everything that is wrong, each with its JSON pointer
 */
export function parseCatalogue(input: unknown, name = 'catalogue'): Catalogue {
  const file = typeof input === 'string' ? parseJson(input, name) : input;
  if (!isCatalogueFile(file)) throw invalid(name, (isCatalogueFile.errors ?? []).map(formFault));
  const faults = [
    ...codeFaults(file),
    ...territoryFaults(file),
    ...rangeFaults(file),
    ...overlapFaults(file),
  ];
  if (faults.length > 0) throw invalid(name, faults);
  return new Catalogue(readLists(file));
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new CatalogueError(`${name}: not JSON: ${jsonFault(error)}`);
  }
}

function invalid(name: string, faults: readonly string[]): CatalogueError {
  return new CatalogueError(`${name}: ${faults.join('; ')}`);
}

function formFault({ instancePath, keyword, message, params }: ErrorObject): string {
  const place = instancePath || '/';
  if (keyword === 'additionalProperties')
    return `${place}: unknown property "${params['additionalProperty']}"`;
  if (keyword === 'enum')
    return `${place}: must be one of ${(params['allowedValues'] as string[]).join(', ')}`;
  if (keyword === 'format') return `${place}: must be a day written YYYY-MM-DD`;
  return `${place}: ${message ?? keyword}`;
}

const CODED = ['territories', 'venues', 'sas', 'cycles'] as const;

function codeFaults(file: CatalogueFile): string[] {
  return CODED.flatMap((list) => {
    const seen = new Set<string>();
    return file[list].flatMap(({ code }, index) => {
      const place = `/${list}/${index}/code`;
      if (RESERVED_CODES.includes(code)) return [`${place}: "${code}" is reserved`];
      if (seen.has(code)) return [`${place}: "${code}" is there twice`];
      seen.add(code);
      return [];
    });
  });
}

function territoryFaults(file: CatalogueFile): string[] {
  const known = new Set(file.territories.map(({ code }) => code));
  return (['venues', 'sas'] as const).flatMap((list) =>
    file[list].flatMap(({ territory }, index) =>
      known.has(territory) ? [] : [`/${list}/${index}/territory: there is no territory "${territory}"`],
    ),
  );
}

interface FileRange {
  readonly from?: string;
  readonly to?: string;
}

function rangeFaults(file: CatalogueFile): string[] {
  const ranges = (list: string, fields: string, entries: readonly FileRange[]) =>
    entries.flatMap(({ from, to }, index) =>
      from !== undefined && to !== undefined && from >= to
        ? [`/${list}/${index}: ${fields} must be after the day it begins with; ${from} to ${to} holds no day`]
        : [],
    );
  const valid = (entries: readonly FileEntry[]) =>
    entries.map(({ validFrom, validTo }) => ({ from: validFrom, to: validTo }));
  return [
    ...ranges('territories', 'validTo', valid(file.territories)),
    ...ranges('venues', 'validTo', valid(file.venues)),
    ...ranges('sas', 'validTo', valid(file.sas)),
    ...ranges('cycles', 'to', file.cycles),
    ...ranges('suspensions', 'to', file.suspensions),
  ];
}

function overlapFaults({ cycles }: CatalogueFile): string[] {
  return cycles.flatMap((cycle, index) =>
    cycles.slice(0, index).flatMap((before) => {
      const apart =
        (before.to !== undefined && before.to <= cycle.from) ||
        (cycle.to !== undefined && cycle.to <= before.from);
      return apart ? [] : [`/cycles/${index}: "${cycle.code}" overlaps "${before.code}"`];
    }),
  );
}

function readLists(file: CatalogueFile): CatalogueLists {
  const day = (text: string | undefined) => (text === undefined ? undefined : parseDay(text));
  const entry = <E extends FileEntry>({ validFrom, validTo, ...rest }: E) => ({
    ...rest,
    validFrom: day(validFrom),
    validTo: day(validTo),
  });
  return {
    territories: file.territories.map(entry),
    venues: file.venues.map(entry),
    sas: file.sas.map(entry),
    cycles: file.cycles.map(({ code, from, to }) => ({ code, from: parseDay(from)!, to: day(to) })),
    suspensions: file.suspensions.map(({ stage, from, to }) => ({
      stage,
      from: parseDay(from)!,
      to: parseDay(to)!,
    })),
  };
}
