/** The languages that a report is written in. */
export const LANGUAGES = ['it', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * What a value is, and so how it is shown. `percent` has two decimals, `wholePercent` none, both rounded half up from
 * the counts; `points` are the difference of two percentages.
 */
export type ValueFormat =
  'text' | 'integer' | 'percent' | 'wholePercent' | 'points' | 'decimal' | 'minutes' | 'date';

export type CellValue = string | number | null;

export interface Column {
  readonly key: string;
  readonly label: string;
  readonly format: ValueFormat;
}

export interface Row {
  /** Code of what the row is about, `total`, or `subtotal-` and the code of a territory; unique in its table. */
  readonly key: string;
  readonly kind: 'item' | 'subtotal' | 'total';
  /** The codes of what the cells say in words, where these are no numbers. */
  readonly codes?: Readonly<Record<string, string>>;
  /** By the key of the column. */
  readonly cells: Readonly<Record<string, CellValue>>;
  /** By the key of the column: the request that lists the people behind the number. */
  readonly links: Readonly<Record<string, string>>;
}

/** A printed figure that the product computes otherwise. */
export interface Difference {
  /** What the printed figure is about, in words. */
  readonly label: string;
  readonly printed: number;
  readonly computed: CellValue;
  readonly format: ValueFormat;
}

export interface Note {
  readonly text: string;
  readonly differences: readonly Difference[];
}

/** A request that answers with what an item was made from: the figure, the people behind it, or its replay. */
export interface Source {
  readonly kind: 'figure' | 'people' | 'replay';
  readonly href: string;
}

interface ItemBase {
  /** `table-4`, `figure-7`, or a name for what the printed report has no number for. */
  readonly id: string;
  readonly title: string;
  readonly sources: readonly Source[];
  readonly notes: readonly Note[];
}

export interface TableItem extends ItemBase {
  readonly type: 'table';
  /** As in the printed report; null for a table that it tells in its text. */
  readonly number: number | null;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** `columns` stand side by side, `bars` lie one on the other, `lines` run through the categories. */
export type ChartKind = 'columns' | 'bars' | 'lines';

export interface Series {
  readonly key: string;
  readonly label: string;
  readonly format: ValueFormat;
  /** Series of another size have an axis of their own, on the right. */
  readonly axis: 'left' | 'right';
  /** One for each category. */
  readonly values: readonly (number | null)[];
}

export interface FigureItem extends ItemBase {
  readonly type: 'figure';
  readonly number: number;
  readonly chart: ChartKind;
  /** What its values count; shares have their sign besides. */
  readonly unit: string;
  readonly categories: readonly { readonly key: string; readonly label: string }[];
  readonly series: readonly Series[];
}

export interface StatementValue {
  readonly key: string;
  readonly label: string;
  readonly value: CellValue;
  readonly format: ValueFormat;
}

/** What the printed report says in a sentence. */
export interface Statement {
  readonly id: string;
  readonly label: string;
  readonly values: readonly StatementValue[];
}

export interface TextItem extends ItemBase {
  readonly type: 'text';
  readonly statements: readonly Statement[];
}

export type ReportItem = TableItem | FigureItem | TextItem;

export interface ReportSection {
  readonly id: string;
  readonly title: string;
  readonly items: readonly ReportItem[];
}

/** How to get the same report once more. */
export interface MakeAgain {
  readonly curl: string;
  readonly mip: string;
  /** Counts the funnel anew from the log as it stood then; needs the role `auditor`. */
  readonly replay: string;
  /** Reads from the log the facts behind figures that lead to no people; needs the role `auditor`. */
  readonly facts: string;
}

export interface Report {
  readonly year: number;
  readonly lang: Language;
  /** As asked: a day, or an instant in UTC; null where nothing is cut off. */
  readonly knownAt: string | null;
  readonly until: string | null;
  readonly title: string;
  readonly subtitle: string;
  readonly sections: readonly ReportSection[];
  /** The one position of the log that all of it reflects, as a token. */
  readonly position: string;
  /** Digest of the programme catalogue. */
  readonly catalogue: string;
  /** When it was made, in UTC. */
  readonly madeAt: string;
  readonly makeAgain: MakeAgain;
}
