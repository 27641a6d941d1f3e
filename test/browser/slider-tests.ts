import { until, type WatchedPage } from './dashboard-browser.js';

const YEAR = 'from=2020-01-01&to=2020-12-31';
const THEN = 'knownAt=2020-11-30';

/** The answer of the server to the page's own question. */
async function asked<T>({ page }: WatchedPage, path: string): Promise<T> {
  const answer = await page.request.get(new URL(path, page.url()).href);
  return (await answer.json()) as T;
}

const grouped = (value: number) => value.toLocaleString('en');

interface Monthly {
  readonly totals: { readonly registered: number };
}

interface Findings {
  readonly items: readonly { readonly kind: string; readonly count: number }[];
}

/** That the slider moves what every page shows to what was known a month before. */
export function sliderTests(watched: () => WatchedPage): void {
  /** Shows a page at the end of 2020 and goes back by a stop. */
  async function back(path: string): Promise<void> {
    const { page, show, settled } = watched();
    await show(`${path}?lang=en&${YEAR}&knownAt=2020-12-31&since=2020-10-31&tables=split,then,findings`);
    await page.getByRole('slider').press('ArrowLeft');
    await page.locator('.known-at strong', { hasText: '30 November 2020' }).waitFor();
    await until(() => Promise.resolve(page.url().includes(THEN)));
    await settled();
  }

  it('on the pages of a cohort and of a past date', async () => {
    await back('/hysteresis');
    const { page } = watched();
    const { totals } = await asked<{ totals: Record<string, number> }>(
      watched(),
      `/v1/hysteresis?${YEAR}&${THEN}&fromStage=attended&toStage=saChosen`,
    );
    const cells = await page.locator('#split tbody td').allInnerTexts();
    expect(cells[0]).toBe(grouped(totals['size']!));
    expect(cells[1]).toBe(grouped(totals['converted']!));
    expect(totals['size']).toBeLessThan(1443);

    await back('/past');
    const known = await Promise.all(
      ['2020-10-31', '2020-11-30'].map((day) =>
        asked<Monthly>(watched(), `/v1/funnel/monthly?${YEAR}&knownAt=${day}`),
      ),
    );
    const row = page.locator('#then tbody tr', { has: page.locator('th:text-is("Registered")') });
    const shown = (await row.locator('td').allInnerTexts()).slice(0, 2);
    expect(shown).toEqual(known.map((one) => grouped(one.totals.registered)));
  }, 90_000);

  it('on the pages of the report and of the quality of the data', async () => {
    const { page } = watched();
    await back('/report');
    const frame = page.frameLocator('.report-frame');
    await frame.getByText('30/11/2020').first().waitFor();
    const then = await asked<Monthly>(watched(), `/v1/funnel/monthly?${YEAR}&${THEN}`);
    await frame.getByText(grouped(then.totals.registered), { exact: true }).first().waitFor();

    await back('/quality');
    const findings = await asked<Findings>(watched(), `/v1/quality/findings?${YEAR}&${THEN}`);
    const sums = new Map<string, number>();
    for (const { kind, count } of findings.items) sums.set(kind, count + (sums.get(kind) ?? 0));
    const counts = (await page.locator('.findings dd').allInnerTexts()).map(
      (text) => /\(([\d,]+)\)/.exec(text)?.[1],
    );
    expect(counts).toEqual([...sums.values()].sort((a, b) => b - a).map(grouped));
  }, 90_000);
}
