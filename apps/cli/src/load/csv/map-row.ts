import { type SourceFault } from '../source.js';
import { type Json } from './json.js';
import { escaped, type EventMapping, type Node } from './mapping.js';
import { type Row } from './template.js';

export type Mapped =
  | { readonly ok: true; readonly event: Json }
  | { readonly ok: false; readonly errors: SourceFault['errors'] };

/** The event that a row gives; undefined when it gives none. */
export function mapRow(mapping: EventMapping, row: Row): Mapped | undefined {
  if (mapping.when) {
    const value = mapping.when.from.fill(row);
    if (mapping.when.among ? !mapping.when.among.includes(value) : value === '') return undefined;
  }
  const filling = new Filling(row);
  const event = filling.valueOf(mapping.event, '');
  return filling.errors.length > 0 ? { ok: false, errors: filling.errors } : { ok: true, event: event ?? {} };
}

class Filling {
  readonly errors: { readonly pointer: string; readonly detail: string }[] = [];

  constructor(private readonly row: Row) {}

  valueOf(node: Node, pointer: string): Json | undefined {
    if (node.kind === 'constant') return node.value;
    return node.kind === 'object' ? this.objectOf(node, pointer) : this.cellOf(node, pointer);
  }

  /** An object of which nothing is left is left out itself, but for the payload. */
  private objectOf({ members }: Extract<Node, { kind: 'object' }>, pointer: string): Json | undefined {
    const entries: [string, Json][] = [];
    for (const [name, node] of members) {
      const value = this.valueOf(node, `${pointer}/${escaped(name)}`);
      if (value !== undefined) entries.push([name, value]);
    }
    return entries.length === 0 && pointer !== '/data' ? undefined : Object.fromEntries(entries);
  }

  private cellOf({ from, optional, codes, format }: Extract<Node, { kind: 'cell' }>, pointer: string) {
    const text = from.fill(this.row);
    if (text === '') {
      if (!optional) this.errors.push({ pointer, detail: 'is empty' });
      return undefined;
    }
    const value = codes ? codes.get(text) : format ? format.read(text) : text;
    if (value !== undefined) return value;
    const words = codes ? `one of ${[...codes.keys()].join(', ')}` : format!.words;
    this.errors.push({ pointer, detail: `must be ${words}, not ${JSON.stringify(text)}` });
    return undefined;
  }
}
