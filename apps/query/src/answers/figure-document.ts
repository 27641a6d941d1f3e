import { formatPosition } from '#event-log';
import { type FigureAnswer, type FigureItem } from '#figures';

/** A list of figures as it is sent; beside these the parameters as they were understood. */
export interface FigureDocument {
  readonly items: readonly FigureItem[];
  /** The items as JSON, where they are there in that form. */
  readonly itemsJson?: string;
  readonly totals: FigureItem;
  /** The totals likewise. */
  readonly totalsJson?: string;
  /** Token of the place in the log up to which rows and totals were computed. */
  readonly position: string;
  /** Digest of the programme catalogue. */
  readonly catalogue: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What an endpoint has to say beside its rows; not in a CSV. */
  readonly findings?: Readonly<Record<string, unknown>>;
}

/** An answer with the parameters that it answers. */
export function toDocument(
  answer: FigureAnswer,
  parameters: Readonly<Record<string, unknown>>,
): FigureDocument {
  const { itemsJson, totalsJson, findings, position, catalogue } = answer;
  return {
    // Looking at items and totals reads them from JSON: not before somebody needs them.
    get items() {
      return answer.items;
    },
    itemsJson,
    get totals() {
      return answer.totals;
    },
    totalsJson,
    findings,
    position: formatPosition(position),
    catalogue,
    parameters,
  };
}
