import { DESKTOP, PHONE, type WatchedPage } from './dashboard-browser.js';

const YEAR = 'from=2020-01-01&to=2020-12-31';

/** That the pages say in which state they and what they show are. */
export function stateTests(watched: () => WatchedPage): void {
  it('shows on a phone which page it is', async () => {
    const { page, show } = watched();
    await page.setViewportSize(PHONE);
    await show(`/quality?lang=en&${YEAR}`);
    const { x, width } = (await page.locator('.header-nav [aria-current="page"]').boundingBox())!;
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(PHONE.width);
  }, 60_000);

  it('tells of findings, projections and a system that lags in the words of the page', async () => {
    const { page, show, settled } = watched();
    await page.setViewportSize(DESKTOP);
    await show(`/quality?lang=en&${YEAR}`);
    expect(await page.locator('#status .notice').innerText()).toContain('All parts work.');
    const told = await page.locator('main').innerText();
    expect(told).not.toMatch(/`|86,400|recordedtime|web_traffic|monthly_funnel/);
    expect(await page.locator('#status tbody th').allInnerTexts()).toContain('Web traffic');

    await page.route('**/status', async (route) => {
      const status = (await (await route.fetch()).json()) as { projections: readonly object[] };
      const [first] = status.projections;
      await route.fulfill({ json: { ...status, detail: 'journeys is behind.', building: [first] } });
    });
    await page.reload();
    await settled();
    expect(await page.locator('#status .notice').innerText()).toContain(
      'Not everything keeps up: journeys is behind.',
    );
    expect(await page.locator('#status tbody th').last().innerText()).toMatch(/^being built: /);
  }, 60_000);

  it('says when a date cannot be the earlier of two', async () => {
    const { page, show } = watched();
    await show(`/past?lang=en&${YEAR}&knownAt=2020-12-31&since=2021-06-30`);
    expect(await page.locator('main').innerText()).toContain('30 June 2021 is not before 31 December 2020');
  }, 60_000);

  it('says that the report is on its way, and makes it of the end of the year', async () => {
    const { page, settled } = watched();
    let send = () => {};
    const wait = new Promise<void>((resolve) => (send = resolve));
    await page.route('**/v1/reports/**', async (route) => {
      await wait;
      await route.continue();
    });
    const url = new URL(`/report?lang=en&${YEAR}`, await origin());
    await page.goto(url.href, { waitUntil: 'commit' });
    await page.locator('.report-preview[aria-busy="true"]', { hasText: 'Loading the report…' }).waitFor();
    send();
    await settled();
    expect(await page.getByText('Loading the report…').count()).toBe(0);

    const end = page.getByRole('button', { name: 'State at 31.12.2020' });
    expect(await end.getAttribute('aria-pressed')).toBe('false');
    await end.click();
    await settled();
    expect(await end.getAttribute('aria-pressed')).toBe('true');
    const asked = new URL(page.url()).searchParams;
    expect([asked.get('knownAt'), asked.get('until')]).toEqual(['2020-12-31', '2020-12-31']);
    const states = page.frameLocator('.report-frame').locator('.cover .state b');
    await states.first().waitFor();
    expect(await states.allInnerTexts()).toEqual(['31/12/2020', '31/12/2020']);
  }, 60_000);

  /** Where the pages are: the page of a new context is nowhere yet. */
  async function origin(): Promise<string> {
    const { page, show } = watched();
    await show(`/past?lang=en&${YEAR}`);
    return page.url();
  }
}
