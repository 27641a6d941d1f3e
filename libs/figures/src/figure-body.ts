import { type Catalogue } from '#catalogue';
import { type FigureItem } from './figure-request.js';

/** What a figure is computed from, besides its selection. */
export interface FigureSource<C> {
  readonly columns: C;
  readonly catalogue: Catalogue;
}

/** An answer before it is signed with its position and catalogue. */
export interface FigureBody {
  readonly items: readonly FigureItem[];
  readonly totals: FigureItem;
  /** What the answer says beside its rows. */
  readonly findings?: FigureItem;
}
