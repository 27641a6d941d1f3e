import { type Locator } from 'playwright-core';
import { type WatchedPage } from './dashboard-browser.js';

const CUTS = 'from=2020-01-01&to=2020-12-31&knownAt=2020-12-31';
const CUNEO = 'Provincia Cuneo';

/** Numbers of the tables of a page: their card, their row, and after how many others in it they stand. */
const CELLS = {
  '/': [
    ['outcomes', 'Chose an SA', 3, { stage: 'registered', toStage: 'saChosen', outcome: 'pending' }],
    ['groups', CUNEO, 2, { stage: 'attended', territory: 'CN' }],
    ['group-outcomes', CUNEO, 7, { stage: 'attended', territory: 'CN', outcome: 'abandoned' }],
  ],
  '/hysteresis': [
    ['split', 'Attended', 8, { stage: 'attended', toStage: 'saChosen', outcome: 'notAdmissible' }],
    ['comparison', CUNEO, 1, { stage: 'attended', territory: 'CN', outcome: 'converted' }],
  ],
} as const;

/** That numbers of the figures lead to the people that they count. */
export function peopleTests(watched: () => WatchedPage): void {
  /** Follows a link, looks who is listed, and comes back. */
  async function found(lead: () => Promise<void>, question: object): Promise<string> {
    const { page, settled } = watched();
    await lead();
    await page.locator('#list .found').waitFor();
    await settled();
    const asked = Object.fromEntries(new URL(page.url()).searchParams);
    expect(asked).toMatchObject({ ...question, knownAt: '2020-12-31' });
    const told = await page.locator('#list .found').innerText();
    await page.goBack();
    await settled();
    return told;
  }

  it.each(Object.entries(CELLS))(
    'from the tables of %s',
    async (path, cells) => {
      const { page, show } = watched();
      await show(`${path}?lang=en&${CUTS}&tables=${cells.map(([card]) => card).join()}`);
      for (const [card, row, place, question] of cells) {
        const head = page.locator('th', { hasText: row });
        const cell: Locator = page
          .locator(`#${card} tbody tr`, { has: head })
          .first()
          .locator('td')
          .nth(place);
        const number = await cell.innerText();
        expect(await found(() => cell.locator('a').click(), question)).toBe(`Found: ${number}`);
      }
    },
    90_000,
  );

  it('from the bars', async () => {
    const { page, show } = watched();
    await show(`/?lang=en&${CUTS}`);
    // The first bar is that of those who booked, all but a tenth of it those who did.
    const chart = page.locator('#outcomes canvas');
    await chart.scrollIntoViewIfNeeded();
    const box = (await chart.boundingBox())!;
    const bar = () => page.mouse.click(box.x + 0.4 * box.width, box.y + 45);
    expect(await found(bar, { stage: 'registered', outcome: 'converted' })).toBe('Found: 1,565');
  }, 60_000);
}
