import { count } from '../i18n/format.js';
import { type Message, say } from '../i18n/language.js';
import { type Cell, type Column, type Table } from './table.js';

const REGION: Message = ['Tabella: {caption}', 'Table: {caption}'];

function shown(cell: Cell, { format = count, text = (value) => value }: Column): string {
  if (cell === null) return '–';
  return typeof cell === 'number' ? format(cell) : text(cell);
}

interface RowProps {
  readonly cells: readonly Cell[];
  readonly links?: readonly (string | null)[] | undefined;
  readonly columns: readonly Column[];
  readonly numeric: readonly boolean[];
}

function Row({ cells, links, columns, numeric }: RowProps) {
  return (
    <tr>
      {cells.map((cell, index) =>
        index === 0 ? (
          <th scope="row">{shown(cell, columns[index]!)}</th>
        ) : (
          <td class={numeric[index] ? 'number' : ''}>
            <Value text={shown(cell, columns[index]!)} href={cell === 0 ? null : links?.[index]} />
          </td>
        ),
      )}
    </tr>
  );
}

function Value({ text, href }: { readonly text: string; readonly href: string | null | undefined }) {
  return href ? <a href={href}>{text}</a> : <>{text}</>;
}

/** A table of names and numbers; it scrolls by itself where the screen is narrow. */
export function DataTable({ table, caption }: { readonly table: Table; readonly caption: string }) {
  const numeric = table.columns.map((_, index) => table.rows.some((row) => typeof row[index] === 'number'));
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={say(REGION, { caption })}>
      <table class="table">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {table.columns.map(({ name }, index) => (
              <th scope="col" class={numeric[index] ? 'number' : ''}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <Row cells={row} links={table.links?.[index]} columns={table.columns} numeric={numeric} />
          ))}
        </tbody>
        {table.total && (
          <tfoot>
            <Row
              cells={table.total}
              columns={table.columns.map((one) => ({ ...one, text: undefined }))}
              numeric={numeric}
            />
          </tfoot>
        )}
      </table>
    </div>
  );
}
