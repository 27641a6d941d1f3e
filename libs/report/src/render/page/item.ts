import { type Note, type ReportItem, type Source, type TextItem } from '../../document.js';
import { isWord } from '../../words.js';
import { chartOf } from '../chart/chart.js';
import { fullName } from '../item-name.js';
import { element, type Markup } from '../markup.js';
import { shownPrinted, shownValue } from '../shown-value.js';
import { type PageScope } from './page-scope.js';
import { tableOf } from './table.js';

/** A table, figure or text under its name, with its notes and where it comes from. */
export function itemOf(scope: PageScope, item: ReportItem): Markup {
  return element(
    'article',
    { class: `item ${item.type}${isLong(item) ? ' long' : ''}`, id: item.id },
    element('h3', {}, fullName(scope.lang, item)),
    contentOf(scope, item),
    item.notes.map((note) => noteOf(scope, note)),
    item.sources.length > 0 ? sourcesOf(scope, item.sources) : undefined,
  );
}

/** Tables of more rows may go on on the next page, whose head names the columns again. */
const MOST_KEPT = 14;
const isLong = (item: ReportItem) => item.type === 'table' && item.rows.length > MOST_KEPT;

function contentOf(scope: PageScope, item: ReportItem): Markup {
  switch (item.type) {
    case 'table':
      return tableOf(scope, item);
    case 'figure':
      return chartOf(item, scope.lang);
    case 'text':
      return toldOf(scope, item);
  }
}

function toldOf({ lang }: PageScope, { statements }: TextItem): Markup {
  return element(
    'dl',
    { class: 'told' },
    statements.map(({ label, values }) => [
      element('dt', {}, label),
      element(
        'dd',
        {},
        values.map((one) => [
          element('span', {}, `${one.label} `, element('b', {}, shownValue(one.value, one.format, lang))),
          ' ',
        ]),
      ),
    ]),
  );
}

function noteOf(scope: PageScope, { text, differences }: Note): Markup {
  const { lang } = scope;
  const head = ['page.what', 'page.printed', 'page.computed'] as const;
  const rows = differences.map(({ label, printed, computed, format }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, label),
      [shownPrinted(printed, format, lang), shownValue(computed, format, lang)].map((text) =>
        element('td', {}, text),
      ),
    ),
  );
  const table = element(
    'table',
    {},
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        head.map((word) => element('th', { scope: 'col' }, scope.say(word))),
      ),
    ),
    element('tbody', {}, rows),
  );
  return element(
    'aside',
    { class: 'note' },
    element('p', {}, element('b', {}, `${scope.say('page.note')}. `), text),
    rows.length > 0 ? table : undefined,
  );
}

function sourcesOf(scope: PageScope, sources: readonly Source[]): Markup {
  return element(
    'p',
    { class: 'sources' },
    `${scope.say('page.links')}: `,
    sources.map(({ kind, href }) => [element('a', scope.link(href), nameOf(scope, kind, href)), ' ']),
  );
}

/** The kind of a source and what tells it from the others of its kind. */
function nameOf(scope: PageScope, kind: Source['kind'], href: string): string {
  const url = new URL(href, 'http://report.invalid');
  const { stage, from, groupBy } = Object.fromEntries(url.searchParams);
  const about = [stage, from?.slice(0, 4), ...(groupBy?.split(',') ?? [])]
    .filter((one) => one !== undefined)
    .map((one) => (isWord(one) ? within(scope.say(one)) : one));
  const name = scope.say(`source.${kind}`);
  return about.length > 0 ? `${name} (${about.join(', ')})` : name;
}

/** A name as it is written within a line; an abbreviation stays as it is. */
const within = (name: string) =>
  /^\p{Lu}{2}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
