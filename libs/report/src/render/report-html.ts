import { createHash } from 'node:crypto';
import { type Report } from '../document.js';
import { aboutReport } from './grid.js';
import { fullName } from './item-name.js';
import { element, type Markup, markupOf } from './markup.js';
import { itemOf } from './page/item.js';
import { PageScope } from './page/page-scope.js';
import { STYLE } from './page/style.js';
import { shownDay } from './shown-value.js';

const STYLE_DIGEST = createHash('sha256').update(STYLE).digest('base64');

/** The content security policy of the page: its own style sheet, and nothing else. */
export const REPORT_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_DIGEST}'; base-uri 'none'; form-action 'none'`;

export interface PageOptions {
  /** What the addresses of sources begin with, for a page that is not served beside them: `https://percorso.example`. */
  readonly base?: string;
}

/**
 * The report as one HTML page in its language, to be read on a screen or printed on A4: cover, table of contents, the
 * sections one after the other, figures as SVG, at the end what it was made from. It needs no script and no other host.
 */
export function reportAsHtml(report: Report, { base = '' }: PageOptions = {}): string {
  const scope = new PageScope(report.lang, base);
  const page = element(
    'html',
    { lang: report.lang },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      element('meta', { 'http-equiv': 'Content-Security-Policy', content: REPORT_PAGE_POLICY }),
      element('title', {}, report.title),
      element('style', {}, { markup: STYLE }),
    ),
    element(
      'body',
      {},
      // Named, as the page may be shown within another that has its own content.
      element(
        'main',
        { 'aria-label': report.title },
        cover(scope, report),
        contents(scope, report),
        sections(scope, report),
        ending(scope, report),
      ),
    ),
  );
  return `<!doctype html>\n${markupOf(page)}\n`;
}

function cover(scope: PageScope, { title, subtitle, knownAt, until }: Report): Markup {
  const state = (['knownAt', 'until'] as const).map((key) => {
    const cut = key === 'knownAt' ? knownAt : until;
    const shown = cut === null ? scope.say('page.everything') : shownDay(cut, scope.lang);
    return element('p', { class: 'state' }, `${scope.say(`page.${key}`)}: `, element('b', {}, shown));
  });
  return element(
    'div',
    { class: 'cover' },
    element('h1', {}, title),
    element('p', { class: 'subtitle' }, subtitle),
    state,
    element('p', { class: 'lead' }, scope.say('page.numbersLead')),
  );
}

function contents(scope: PageScope, { sections: all }: Report): Markup {
  const entries = all.map(({ id, title, items }, index) =>
    element(
      'li',
      {},
      element('a', { href: `#${id}` }, `${index + 1}. ${title}`),
      element(
        'ul',
        {},
        items
          .filter(({ type }) => type !== 'text')
          .map((item) =>
            element('li', {}, element('a', { href: `#${item.id}` }, fullName(scope.lang, item))),
          ),
      ),
    ),
  );
  const ending = element('li', {}, element('a', { href: '#made-from' }, endingTitle(scope, all.length)));
  return element(
    'nav',
    { class: 'contents' },
    element('h2', {}, scope.say('page.contents')),
    element('ol', {}, entries, ending),
  );
}

function sections(scope: PageScope, { sections: all }: Report): Markup[] {
  return all.map(({ id, title, items }, index) =>
    element(
      'section',
      { id },
      element('h2', {}, `${index + 1}. ${title}`),
      items.map((item) => itemOf(scope, item)),
    ),
  );
}

const endingTitle = (scope: PageScope, sectionCount: number) =>
  `${sectionCount + 1}. ${scope.say('page.madeFrom')}`;

function ending(scope: PageScope, report: Report): Markup {
  return element(
    'section',
    { id: 'made-from' },
    element('h2', {}, endingTitle(scope, report.sections.length)),
    element(
      'dl',
      { class: 'made' },
      aboutReport(report).map(({ label, value }) => [
        element('dt', {}, label),
        element('dd', {}, element('code', {}, value)),
      ]),
    ),
  );
}
