import { type WatchedPage } from './dashboard-browser.js';

const YEAR = 'from=2020-01-01&to=2020-12-31';
const PATHS = ['/', '/hysteresis', '/past', '/journeys', '/report', '/quality'];

/** That an address shows what it says, wherever it comes from. */
export function addressTests(watched: () => WatchedPage): void {
  it('takes a territory along to every page, also to those that tell of all together', async () => {
    const { page, show } = watched();
    for (const path of PATHS) {
      await show(`${path}?lang=en&${YEAR}&territory=CN`);
      expect(await page.locator('.notice-problem').allInnerTexts()).toEqual([]);
    }
    expect(await page.locator('.findings dt').count()).toBeGreaterThan(0);
    expect(await page.getByLabel('Territory').count()).toBe(0);
  }, 90_000);

  it('leads to the card that a link names, although those above it come later', async () => {
    const { page, show, settled } = watched();
    await show(`/hysteresis?lang=en&${YEAR}&knownAt=2020-12-31#backtest`);
    await page.locator('#backtest:focus').waitFor();
    await settled();
    const box = await page.locator('#backtest').boundingBox();
    expect(box!.y).toBeGreaterThanOrEqual(0);
    expect(box!.y).toBeLessThan(450);
  }, 60_000);

  it('asks for what is dear to compute only when it is looked at', async () => {
    const { page, show, settled } = watched();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/backtest'))
        asked.push(new URL(request.url()).searchParams.get('knownAt')!);
    });
    await show(`/hysteresis?lang=en&${YEAR}&knownAt=2020-12-31`);
    const slider = page.getByRole('slider');
    await slider.press('ArrowLeft');
    await page.locator('.known-at strong', { hasText: '30 November 2020' }).waitFor();
    // The slider tells the day at once; the page follows when the hand rests.
    await page.waitForURL(/knownAt=2020-11-30/);
    await settled();
    expect(asked).toEqual([]);
    await page.locator('#backtest').scrollIntoViewIfNeeded();
    await page.locator('#backtest .chart').waitFor();
    expect(asked).toEqual(['2020-11-30']);
  }, 60_000);

  it('comes back from a person to the list as it was asked for', async () => {
    const { page, show, settled } = watched();
    const question = `stage=attended&toStage=pdsSigned&outcome=abandoned`;
    await show(`/journeys?lang=en&${YEAR}&${question}`);
    const people = await page.locator('#list tbody a').allInnerTexts();
    await page.locator('#list tbody a').first().click();
    await page.locator('#timeline .chart').waitFor();
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await page.locator('#list tbody a').first().waitFor();
    await settled();
    expect(await page.locator('#list tbody a').allInnerTexts()).toEqual(people);
    expect(page.url()).toContain(question);
  }, 60_000);

  it('says which part of an address it cannot use, and shows the rest', async () => {
    const { page, show } = watched();
    await show('/?lang=en&from=2020-13-99&to=2020-12-31&knownAt=yesterday');
    expect(await page.locator('[data-refused]').allInnerTexts()).toEqual([
      expect.stringContaining('from=2020-13-99'),
      expect.stringContaining('knownAt=yesterday'),
    ]);
    expect(await page.locator('[data-stage="registered"] .figure').innerText()).toBe('1,704');
  }, 60_000);

  it('tells in the language of the page what the server refuses, and keeps the rest usable', async () => {
    const { page, show, settled, troubles } = watched();
    await show(`/journeys?lang=it&${YEAR}&id=nobody`);
    const told = await page.locator('.notice-problem').innerText();
    expect(told).toMatch(/^Qui non c’è nulla\./);
    // The browser itself tells of the refused answer; of nothing else.
    expect(troubles.splice(0)).toEqual([expect.stringContaining('404') as string]);
    await page.getByRole('link', { name: 'Torna all’elenco' }).click();
    await settled();
    await page.locator('#list tbody a').first().waitFor();
  }, 60_000);
}
