import { type Catalogue } from '#catalogue';
import { type FactName, type Placed } from '#events';
import { type Cell, type ModelForm } from '#read-models';
import { type FoldedFact } from './folded-fact.js';
import { type ProjectionName } from './forms.js';

/**
 * What one fact adds to a read model: the cells of its rows. A pure function.
 *
 * @param earlier the facts of the group before this one, in log order; empty for types that need none (`recalls`)
 * @throws FoldError when the fact cannot be taken in
 */
export type Fold<N extends FactName> = (
  fact: FoldedFact<N>,
  earlier: readonly FoldedFact[],
  catalogue: Catalogue,
) => readonly (readonly Cell[])[];

export type Folds = { readonly [N in FactName]?: Fold<N> };

/** How one read model is made from the log. Change what it makes, and its version has to grow. */
export interface Projection {
  readonly name: ProjectionName;
  readonly version: number;
  readonly form: ModelForm;
  /** Beginnings of the names of the streams that its facts stand in. */
  readonly categories: readonly string[];
  /** The base projection whose rows are the earlier facts; its own name for a base projection. */
  readonly history: ProjectionName;
  /** The types whose folds look at earlier facts. */
  readonly recalls: ReadonlySet<FactName>;
  /** One function a type; the types without one change nothing. */
  readonly folds: Folds;
  /** The group of a fact; undefined when the fact is none of this projection's. */
  readonly key: (fact: Placed) => string | undefined;
}

/** Applies the fold for the fact's type; no rows where there is none. */
export function foldFact(
  { folds }: Projection,
  fact: FoldedFact,
  earlier: readonly FoldedFact[],
  catalogue: Catalogue,
): readonly (readonly Cell[])[] {
  // The fold under a fact's name takes facts of that name; the compiler cannot follow that across the union.
  const fold = folds[fact.name] as Fold<FactName> | undefined;
  return fold ? fold(fact, earlier, catalogue) : [];
}
