import { type FigureAnswer, type FigureRequest } from '#figures';
import { type ReportItem } from './document.js';
import { type ReportScope } from './scope.js';

export type Questions = Readonly<Record<string, FigureRequest>>;
export type Answers<Q extends Questions> = { readonly [K in keyof Q]: FigureAnswer };

/** A part of the report that stands on its own: what it has to know, and what it makes of it. */
export interface ItemDefinition<Q extends Questions = Questions> {
  asks(scope: ReportScope): Q;
  /** What stands on the page: a table with the figures drawn from it, or a text. */
  items(scope: ReportScope, answers: Answers<Q>): readonly ReportItem[];
}

/** Lets the compiler see that an item reads only what it asks for. */
export function defineItem<Q extends Questions>(definition: ItemDefinition<Q>): ItemDefinition {
  return definition;
}
