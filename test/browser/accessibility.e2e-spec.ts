import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { ServerProcess } from '../support/server-process.js';
import {
  axeViolations,
  describeInBrowser,
  launch,
  PHONE,
  SCREENSHOTS,
  watchedPage,
} from './dashboard-browser.js';

const YEAR = 'from=2020-01-01&to=2020-12-31';
/** Each page with all that it can show open; a card that waits to be looked at is named at the end. */
const PAGES: readonly (readonly [name: string, path: string])[] = [
  ['funnel', `/?${YEAR}&tables=outcomes,months,years,groups,group-outcomes`],
  [
    'hysteresis',
    `/hysteresis?${YEAR}&knownAt=2020-12-31&tables=split,incidence,comparison,triangle,nowcast,backtest#backtest`,
  ],
  ['past', `/past?${YEAR}&since=2020-12-31&tables=then,changes`],
  ['journeys', `/journeys?${YEAR}`],
  ['journey', `/journeys?${YEAR}&id=j-000009&tables=timeline`],
  ['report', `/report?${YEAR}&knownAt=2020-12-31`],
  ['quality', `/quality?${YEAR}&tables=findings,recording-delay`],
];
const LANGUAGES = ['it', 'en'] as const;

describeInBrowser('every page, in both languages', () => {
  let folder: string;
  let server: ServerProcess;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-axe-'));
    server = await ServerProcess.start(folder, { program: 'demo', limitMs: 120_000 });
    browser = await launch();
  }, 150_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const cases = PAGES.flatMap(([name, path]) => LANGUAGES.map((language) => [name, language, path] as const));

  it.each(cases)(
    '%s (%s) has nothing that axe finds, no error, and fits on a phone',
    async (name, language, path) => {
      const { page, troubles, show, settled } = await watchedPage(browser, server.url);
      const [query, card] = path.split('#');
      await show(`${query}&lang=${language}${card === undefined ? '' : `#${card}`}`);
      if (card !== undefined) await page.locator(`#${card} table`).waitFor();
      await page.screenshot({ path: join(SCREENSHOTS, `${name}-${language}.png`), fullPage: true });
      expect(await axeViolations(page)).toEqual([]);
      await page.setViewportSize(PHONE);
      await settled();
      await page.screenshot({ path: join(SCREENSHOTS, `${name}-${language}-phone.png`), fullPage: true });
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(width).toBeLessThanOrEqual(PHONE.width);
      expect(await axeViolations(page)).toEqual([]);
      expect(troubles).toEqual([]);
      await page.context().close();
    },
    240_000,
  );
});
