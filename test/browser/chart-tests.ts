import { parse } from 'csv-parse/sync';
import { readFile } from 'node:fs/promises';
import { type Page } from 'playwright-core';
import { PHONE, type WatchedPage } from './dashboard-browser.js';

const YEAR = 'from=2020-01-01&to=2020-12-31';
const LATE = 'knownAt=2021-02-15';

/** Every card with a drawing, the page it is on, and in which language and how wide it is saved. */
const CARDS: readonly (readonly [
  path: string,
  cards: readonly string[],
  language: 'it' | 'en',
  phone: boolean,
])[] = [
  ['/', ['outcomes', 'months', 'years', 'groups', 'group-outcomes'], 'it', true],
  ['/hysteresis', ['split', 'incidence', 'comparison', 'triangle', 'nowcast', 'backtest'], 'en', false],
  ['/past', ['then', 'changes'], 'it', false],
  ['/journeys', ['timeline'], 'en', true],
  ['/quality', ['findings', 'recording-delay'], 'it', true],
];

const DRAWN = '[data-drawn="true"]';

async function saved(page: Page, card: string, format: string): Promise<Buffer> {
  const waiting = page.waitForEvent('download');
  await page.locator(`#${card} .actions button`, { hasText: format }).click();
  const file = await waiting;
  expect(file.suggestedFilename()).toBe(`${card}.${format.toLowerCase()}`);
  return readFile(await file.path());
}

/** Width and height as the header of a PNG tells them. */
const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

interface Svg {
  readonly error: string | null;
  readonly width: number;
  readonly texts: readonly string[];
  readonly shapes: number;
}

/** The SVG as an XML parser reads it, in a page of its own: the policy of the dashboard forbids its styles. */
async function parsed(page: Page, svg: string): Promise<Svg> {
  const blank = await page.context().newPage();
  const told = await blank.evaluate<Svg>(`(() => {
    const { documentElement: root } = new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml');
    return {
      error: root.querySelector('parsererror')?.textContent ?? null,
      width: Number(root.getAttribute('width')),
      texts: [...root.querySelectorAll('text')].map((text) => text.textContent),
      shapes: root.querySelectorAll('path, rect, circle, polygon, line').length,
    };
  })()`);
  await blank.close();
  return told;
}

/** What the charts show and save. */
export function chartTests(watched: () => WatchedPage): void {
  it.each(CARDS)(
    'saves every chart of %s as CSV, PNG and SVG, with its title and what it is about',
    async (path, cards, language, phone) => {
      const { page, show } = watched();
      if (phone) await page.setViewportSize(PHONE);
      await show(`${path}?lang=${language}&${YEAR}&knownAt=2021-03-31&since=2020-12-31&id=j-000009`);
      for (const card of cards) {
        await page.locator(`#${card}`).scrollIntoViewIfNeeded();
        // The backtest takes long on a busy machine.
        await page.locator(`#${card} ${DRAWN}`).waitFor({ timeout: 120_000 });
        const title = await page.locator(`#${card} h2`).innerText();
        const rows: string[][] = parse(await saved(page, card, 'CSV'));
        expect(rows.length).toBeGreaterThan(1);
        expect(new Set(rows.map((row) => row.length)).size).toBe(1);

        const svg = await parsed(page, (await saved(page, card, 'SVG')).toString());
        expect(svg.error).toBeNull();
        expect(svg.width).toBeGreaterThanOrEqual(900);
        expect(svg.shapes).toBeGreaterThan(3);
        const told = svg.texts.join(' ');
        expect(told).toContain(title);
        expect(told).toContain(language === 'it' ? '31 marzo 2021' : '31 March 2021');

        const png = await saved(page, card, 'PNG');
        expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
        expect(sizeOf(png).width).toBe(2 * svg.width);
        expect(sizeOf(png).height).toBeGreaterThan(300);
      }
    },
    240_000,
  );

  it('draws the numbers at risk under the days of the axis, and keys for all that it draws', async () => {
    const { page, show } = watched();
    await show(`/hysteresis?lang=en&${YEAR}&knownAt=2020-12-31&tables=comparison`);
    const { texts } = await parsed(page, (await saved(page, 'incidence', 'SVG')).toString());
    const after = texts.slice(texts.indexOf('Still followed and open (at risk)') + 1);
    expect(after.slice(0, 3)).toEqual(['1,443', '895', '537']);
    expect(texts).toEqual(
      expect.arrayContaining(['0', '60', '120', '360', 'pending, followed so far', '95 % interval']),
    );
    const head = await page.locator('#comparison thead th').allInnerTexts();
    const turin = await page
      .locator('#comparison tbody tr', { hasText: 'Torino' })
      .locator('td')
      .allInnerTexts();
    expect(turin[head.indexOf('At risk, day 60') - 1]).toBe('602');
  }, 60_000);

  it('tells mature cells of the triangle from those of a month that has not ended', async () => {
    const { page, show } = watched();
    await show(`/hysteresis?lang=en&${YEAR}&${LATE}&tables=triangle,nowcast`);
    const rows = await page.locator('#triangle tbody tr').allInnerTexts();
    const cells = rows.map((row) => row.split('\t').map((cell) => cell.trim()));
    const immature = cells.filter((row) => row.at(-1) === 'Month not over');
    // Of each month of entry the cell of February 2021, which had half gone by.
    expect(immature.map(([month]) => month)).toEqual([...new Set(cells.map(([month]) => month))]);
    expect(immature.at(-1)!.slice(0, 3)).toEqual(['Dec 2020', '122', '2']);
    expect(await page.locator('#triangle .legend').innerText()).toContain('Immature');

    const total = await page.locator('#nowcast tfoot td').allInnerTexts();
    const [size, converted, pending, , , expected, low80, high80, low95, high95] = total.map((text) =>
      Number(text.replaceAll(',', '')),
    );
    expect(size).toBe(1443);
    expect(converted! + pending!).toBeLessThanOrEqual(1443);
    expect(low95).toBeLessThan(low80!);
    expect(low80).toBeLessThan(expected!);
    expect(high80).toBeGreaterThan(expected!);
    expect(high95).toBeGreaterThan(high80!);
    expect(await page.locator('#nowcast .legend').innerText()).toMatch(/80 % interval[^]*95 % interval/);
  }, 60_000);

  it('puts the estimate to the test up to the last month with somebody pending, and offers the net one', async () => {
    const { page, show, settled } = watched();
    await show(`/hysteresis?lang=en&${YEAR}&tables=backtest#backtest`);
    await page.locator(`#backtest ${DRAWN}`).waitFor();
    const pending = await page.locator('#backtest tbody tr td:nth-child(2)').allInnerTexts();
    expect(pending.length).toBeGreaterThan(10);
    expect(Number(pending.at(-1)!.replaceAll(',', ''))).toBeGreaterThan(0);
    expect(await page.locator('#backtest .legend').innerText()).toMatch(/Recorded since[^]*Recorded so far/);
    expect(await page.locator('#backtest .notice').first().innerText()).toMatch(
      /Of \d+ estimates that can be judged, \d+ had the true number within the 80 % interval, \d+ within/,
    );
    await page.getByRole('button', { name: 'Estimate net of suspensions' }).click();
    await settled();
    expect(new URL(page.url()).searchParams.get('net')).toBe('true');
    expect(await page.getByRole('button', { name: 'Estimate net of suspensions' }).count()).toBe(0);
  }, 60_000);

  it('shows in the bars shares when asked to, and adds months up for this year and the last alike', async () => {
    const { page, show } = watched();
    await show(`/?lang=en&${YEAR}&bars=shares&view=cumulative&tables=years,months`);
    const { texts } = await parsed(page, (await saved(page, 'outcomes', 'SVG')).toString());
    expect(texts).toEqual(expect.arrayContaining(['94 %', '1,704: 94 · 5 · 1 %']));
    const december = await page.locator('#years tbody tr').last().innerText();
    expect(december.split('\t').map((cell) => cell.trim())).toEqual(['Dec', '2,900', '1,704', '−1,196']);
  }, 60_000);

  it('draws nothing where nothing is, and can be led elsewhere', async () => {
    const { page, show } = watched();
    await show('/?lang=en&from=2015-01-01&to=2015-12-31');
    expect(await page.getByLabel('Year', { exact: true }).inputValue()).toBe('2015');
    expect(await page.locator('#months .card-empty').innerText()).toBe('There is nothing in this period.');
    expect(await page.locator('[data-drawn]').count()).toBe(0);
  }, 60_000);
}
