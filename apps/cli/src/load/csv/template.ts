/** The cells of a row, by the name of their column. */
export type Row = Readonly<Record<string, string>>;

/** A text with columns in it. */
export interface Template {
  readonly columns: readonly string[];
  /** The text for one row; empty when a column of it is empty. */
  fill(row: Row): string;
}

const PART = /\{\{|\}\}|\{([^{}]+)\}|[{}]|[^{}]+/g;

/** Reads a text in which `{name}` stands for a column, and `{{` and `}}` for braces; gives what is wrong, if anything. */
export function parseTemplate(text: string): Template | string {
  const columns: string[] = [];
  const parts: ((row: Row) => string)[] = [];
  for (const [part, column] of text.matchAll(PART)) {
    if (part === '{' || part === '}')
      return `has a single "${part}": a column is written {name}, a brace {{ or }}`;
    if (column !== undefined) {
      columns.push(column);
      parts.push((row) => row[column] ?? '');
    } else {
      const words = part === '{{' || part === '}}' ? part[0]! : part;
      parts.push(() => words);
    }
  }
  return {
    columns,
    fill: (row) => (columns.some((column) => !row[column]) ? '' : parts.map((part) => part(row)).join('')),
  };
}
