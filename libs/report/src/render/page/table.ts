import { type Column, type Row, type TableItem } from '../../document.js';
import { type Content, element, type Markup } from '../markup.js';
import { shownValue } from '../shown-value.js';
import { type PageScope } from './page-scope.js';

/** How many letters fit side by side on a page, the space between columns counted. */
const PAGE_LETTERS = 110;
/** Texts longer than this are broken into lines. */
const LONGEST_LINE = 30;
/** A table of more rows would be as wide on its side. */
const MOST_TURNED = 6;

/** A table of the report; what is too wide for the page lies on its side, a row a column. */
export function tableOf(scope: PageScope, item: TableItem): Markup {
  const letters = item.columns.reduce((sum, column) => sum + lettersOf(scope, item, column), 0);
  const turns = letters > PAGE_LETTERS && item.rows.length <= MOST_TURNED;
  return turns ? turned(scope, item) : standing(scope, item);
}

/** How wide a column has to be: its longest value, and the longest word of its name. */
function lettersOf({ lang }: PageScope, { rows }: TableItem, { key, label, format }: Column): number {
  const values = rows.map(({ cells }) => shownValue(cells[key] ?? null, format, lang));
  const longest = Math.max(...[...values, ...label.split(' ')].map(({ length }) => length));
  return Math.min(longest, LONGEST_LINE) + 2;
}

function standing(scope: PageScope, { columns, rows }: TableItem): Markup {
  const head = columns.map(({ label, format }) =>
    element('th', { scope: 'col', class: format === 'text' ? 'word' : undefined }, label),
  );
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, head)),
    element(
      'tbody',
      {},
      rows.map((row) =>
        element(
          'tr',
          { class: row.kind === 'item' ? undefined : row.kind },
          columns.map((column, index) => cell(scope, row, column, index === 0)),
        ),
      ),
    ),
  );
}

/** Names of the rows on top; each column is a row. */
function turned(scope: PageScope, { columns, rows }: TableItem): Markup {
  const [first, ...others] = columns;
  // The names of places are too long to stand side by side: their codes are those of the figures.
  const names = rows.map(({ kind, key, cells }) => {
    const name = String(cells[first!.key]);
    if (kind !== 'item' || key === name) return element('th', { scope: 'col' }, name);
    return element('th', { scope: 'col' }, element('abbr', { title: name }, key));
  });
  return element(
    'table',
    { class: 'turned' },
    element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, first!.label), names)),
    element(
      'tbody',
      {},
      others.map((column) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, column.label),
          rows.map((row) => cell(scope, row, column, false)),
        ),
      ),
    ),
  );
}

/** A value, which leads to the people that it counts. */
function cell(scope: PageScope, row: Row, { key, format }: Column, isHead: boolean): Markup {
  const value = row.cells[key] ?? null;
  const text = shownValue(value, format, scope.lang);
  if (isHead) return element('th', { scope: 'row' }, text);
  const href = row.links[key];
  const content: Content = href === undefined ? text : element('a', scope.link(href), text);
  const classes = [
    format === 'text' ? 'word' : '',
    value === 0 ? 'zero' : '',
    key === 'total' ? 'total-column' : '',
  ].filter(Boolean);
  return element('td', { class: classes.join(' ') || undefined }, content);
}
