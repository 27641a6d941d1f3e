import { cellFormat, FORMATS } from './cell-format.js';
import { isObject, isScalar, type Json, type JsonObject, type Scalar } from './json.js';
import { escaped, type EventMapping, type Mapping, type Node } from './mapping.js';
import { parseTemplate, type Template } from './template.js';

/** All that is wrong with a mapping file, a line each with the place in it. */
export class MappingError extends Error {
  override readonly name = 'MappingError';

  constructor(readonly faults: readonly string[]) {
    super('the mapping is wrong');
  }
}

/** @throws MappingError with every fault by its JSON pointer */
export function readMapping(value: Json): Mapping {
  const reader = new MappingReader();
  const mapping = reader.mapping(value);
  if (reader.faults.length > 0) throw new MappingError(reader.faults);
  return mapping;
}

const NEEDED_ATTRIBUTES = ['id', 'source', 'type', 'time', 'data'];
const CELL_MEMBERS = ['from', 'codes', 'as', 'format', 'optional'];

class MappingReader {
  readonly faults: string[] = [];

  mapping(value: Json): Mapping {
    const known = ['delimiter', 'encoding', 'events'];
    const { delimiter = ',', encoding = 'utf-8', events = null } = this.object(value, '', known);
    const isCharacter = typeof delimiter === 'string' && delimiter.length === 1;
    if (!isCharacter) this.fault('/delimiter', 'must be one character');
    if (!isEncoding(encoding)) this.fault('/encoding', 'must be the name of one, as utf-8 or windows-1252');
    const list = Array.isArray(events) ? (events as readonly Json[]) : [];
    if (list.length === 0) this.fault('/events', 'must be a list of at least one event');
    return {
      delimiter: isCharacter ? delimiter : ',',
      encoding: isEncoding(encoding) ? encoding : 'utf-8',
      events: list.map((event, index) => this.event(event, `/events/${index}`)),
    };
  }

  private event(value: Json, pointer: string): EventMapping {
    const { when, ...attributes } = this.object(value, pointer);
    for (const name of NEEDED_ATTRIBUTES) {
      if (attributes[name] === undefined) this.fault(`${pointer}/${name}`, 'is missing');
    }
    const event = this.members({ specversion: '1.0', ...attributes }, pointer);
    return { ...(when === undefined ? {} : { when: this.when(when, `${pointer}/when`) }), event };
  }

  private when(value: Json, pointer: string): EventMapping['when'] {
    if (typeof value === 'string') return { from: this.template(value, pointer) };
    const { from = null, in: among = null } = this.object(value, pointer, ['from', 'in']);
    const words = Array.isArray(among) ? (among as readonly Json[]) : [];
    if (words.length === 0 || !words.every((word) => typeof word === 'string')) {
      this.fault(`${pointer}/in`, 'must be a list of texts');
    }
    return { from: this.template(from, `${pointer}/from`), among: words as readonly string[] };
  }

  private node(value: Json, pointer: string): Node {
    if (typeof value === 'string') {
      const from = this.template(value, pointer);
      if (from.columns.length > 0) return { kind: 'cell', from, optional: false };
      return { kind: 'constant', value: from.fill({}) };
    }
    if (isObject(value)) return 'from' in value ? this.cell(value, pointer) : this.members(value, pointer);
    if (!isScalar(value)) this.fault(pointer, 'must be a text, a number, true, false or an object');
    return { kind: 'constant', value: value as Scalar };
  }

  private members(value: JsonObject, pointer: string): Node {
    const members = Object.entries(value).map(
      ([name, one]) => [name, this.node(one, `${pointer}/${escaped(name)}`)] as const,
    );
    return { kind: 'object', members: new Map(members) };
  }

  private cell(value: JsonObject, pointer: string): Node {
    const { from = null, codes, as, format, optional = false } = this.object(value, pointer, CELL_MEMBERS);
    if (typeof optional !== 'boolean') this.fault(`${pointer}/optional`, 'must be true or false');
    return {
      kind: 'cell',
      from: this.template(from, `${pointer}/from`),
      optional: optional === true,
      ...(codes === undefined ? {} : { codes: this.codes(codes, as, pointer) }),
      ...(codes === undefined ? { format: this.format(as, format, pointer) } : {}),
    };
  }

  private format(as: Json | undefined, format: Json | undefined, pointer: string) {
    if (as === undefined) {
      if (format !== undefined) this.fault(`${pointer}/format`, 'needs "as": "time" or "date"');
      return undefined;
    }
    const read = cellFormat(as, format);
    if (typeof read !== 'string') return read;
    this.fault(`${pointer}/${FORMATS.some((one) => one === as) ? 'format' : 'as'}`, read);
    return undefined;
  }

  private codes(value: Json, as: Json | undefined, pointer: string): ReadonlyMap<string, Scalar> {
    if (as !== undefined) this.fault(`${pointer}/as`, 'is not possible beside codes');
    const entries = Object.entries(this.object(value, `${pointer}/codes`));
    for (const [name] of entries.filter(([, code]) => !isScalar(code))) {
      this.fault(`${pointer}/codes/${escaped(name)}`, 'must be a text, a number, true or false');
    }
    return new Map(entries as [string, Scalar][]);
  }

  private template(value: Json, pointer: string): Template {
    const read = typeof value === 'string' ? parseTemplate(value) : 'must be a text, with columns as {name}';
    if (typeof read !== 'string') return read;
    this.fault(pointer, read);
    return { columns: [], fill: () => '' };
  }

  /** @param known the members that there may be; any when absent */
  private object(value: Json, pointer: string, known?: readonly string[]): JsonObject {
    if (!isObject(value)) {
      this.fault(pointer, 'must be an object');
      return {};
    }
    const others = known ? Object.keys(value).filter((name) => !known.includes(name)) : [];
    for (const name of others) this.fault(`${pointer}/${escaped(name)}`, `is none of ${known!.join(', ')}`);
    return value;
  }

  private fault(pointer: string, detail: string): void {
    this.faults.push(pointer === '' ? detail : `${pointer}: ${detail}`);
  }
}

function isEncoding(value: Json): value is string {
  try {
    return typeof value === 'string' && new TextDecoder(value).encoding !== '';
  } catch {
    return false;
  }
}
