import { type CellFormat } from './cell-format.js';
import { type Scalar } from './json.js';
import { type Template } from './template.js';

/** A value of the events that a row gives. */
export type Node =
  | { readonly kind: 'constant'; readonly value: Scalar }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Node> }
  | {
      readonly kind: 'cell';
      readonly from: Template;
      /** Whether the value is left out where the cell is empty; otherwise that is an error. */
      readonly optional: boolean;
      readonly codes?: ReadonlyMap<string, Scalar>;
      readonly format?: CellFormat;
    };

/** One event that a row gives, if it gives it. */
export interface EventMapping {
  /** The row gives it where this is not empty, or is one of some words. */
  readonly when?: { readonly from: Template; readonly among?: readonly string[] };
  /** The attributes of the event, `data` among them. */
  readonly event: Node;
}

/** How the rows of a CSV file become events: docs/command-line.md. */
export interface Mapping {
  readonly delimiter: string;
  readonly encoding: string;
  readonly events: readonly EventMapping[];
}

/** All columns that a mapping reads, each once. */
export function columnsUsed({ events }: Mapping): string[] {
  return [
    ...new Set(events.flatMap(({ when, event }) => [...(when?.from.columns ?? []), ...columnsOf(event)])),
  ];
}

function columnsOf(node: Node): readonly string[] {
  if (node.kind === 'cell') return node.from.columns;
  return node.kind === 'object' ? [...node.members.values()].flatMap(columnsOf) : [];
}

/** The columns that the value at a pointer is made from; none where it is the same for every row. */
export function columnsAt({ event }: EventMapping, pointer: string): readonly string[] {
  let node: Node | undefined = event;
  for (const name of pointer.split('/').slice(1)) {
    node = node?.kind === 'object' ? node.members.get(unescaped(name)) : undefined;
  }
  return node?.kind === 'cell' ? node.from.columns : [];
}

/** A name as it stands in a JSON pointer (RFC 6901). */
export const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

const unescaped = (name: string) => name.replaceAll('~1', '/').replaceAll('~0', '~');
