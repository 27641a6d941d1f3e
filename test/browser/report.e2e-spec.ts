import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { readSheet } from 'read-excel-file/node';
import { ServerProcess } from '../support/server-process.js';
import { describeInBrowser, launch, type WatchedPage, watchedPage } from './dashboard-browser.js';

const PATH = '/report?lang=en&from=2020-01-01&to=2020-12-31&knownAt=2020-12-31&until=2020-12-31';

describeInBrowser('the report and the findings on the history of the demo', () => {
  let folder: string;
  let server: ServerProcess;
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-browser-report-'));
    server = await ServerProcess.start(folder, { program: 'demo', limitMs: 120_000 });
    browser = await launch();
  }, 150_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    watched = await watchedPage(browser, server.url);
  });
  afterEach(async () => {
    await watched.page.context().close();
    expect(watched.troubles).toEqual([]);
  });

  async function download(name: string): Promise<Buffer> {
    const waiting = watched.page.waitForEvent('download');
    await watched.page.getByRole('link', { name, exact: true }).click();
    return readFile(await (await waiting).path());
  }

  it('shows the report of the year, and gives it to take along in every format', async () => {
    await watched.show(PATH);
    const report = watched.page.frameLocator('.report-frame');
    await report.getByText('1,704').first().waitFor();

    const json = JSON.parse((await download('JSON')).toString()) as { year: number };
    expect(json.year).toBe(2020);

    const files = unzipSync(await download('CSV (zip)'));
    const tables = Object.keys(files).filter((name) => name.endsWith('.csv'));
    expect(tables.length).toBeGreaterThanOrEqual(12);
    for (const name of tables) {
      expect(parse(strFromU8(files[name]!), { bom: true, relax_column_count: true }).length).toBeGreaterThan(
        1,
      );
    }

    const rows = await readSheet(await download('XLSX'), 2);
    expect(rows.flat()).toContain(1704);

    // Out of the frame to the people that a number counts: the participants of Turin by the end of 2020.
    const people = report.locator('a[href^="/journeys?stage=attended"]').first();
    const told = await people.innerText();
    await people.click();
    await watched.page.locator('#list .found').waitFor();
    await watched.settled();
    expect(new URL(watched.page.url()).searchParams.get('lang')).toBe('en');
    expect(await watched.page.locator('#list .found').innerText()).toBe(`Found: ${told}`);
  }, 90_000);

  it('tells how many facts somebody should look at', async () => {
    await watched.show('/quality?lang=en&from=2020-01-01&to=2020-12-31&tables=findings');
    const rows = await watched.page.locator('.findings div').allInnerTexts();
    expect(rows.map((row) => /\(([\d,]+)\)/.exec(row)?.[1])).toEqual(['10,138', '289']);
    await watched.page.getByRole('button', { name: 'Show the people Recorded late' }).click();
    await watched.page.locator('.people a').first().waitFor();
    await watched.settled();
  }, 60_000);
});
