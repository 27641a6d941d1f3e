import { type WatchedPage } from './dashboard-browser.js';
import { tabTo } from './keyboard.js';

/** That all can be done without a mouse, and that it is seen where one is. */
export function keyboardTests(watched: () => WatchedPage): void {
  it('leads to the content, to another page and back', async () => {
    const { page, show, settled } = watched();
    await show('/?lang=en');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).toBe('content');
    await page.reload();
    await settled();
    expect(await tabTo(page, page.getByRole('link', { name: 'Hysteresis' }))).toEqual([]);
    await page.keyboard.press('Enter');
    await page.locator('main h1', { hasText: 'Late or lost?' }).waitFor();
    await settled();
    expect(await page.locator(':focus').getAttribute('id')).toBe('content');
    await page.goBack();
    await settled();
    expect(await page.locator('main h1').innerText()).toBe('The funnel');
  }, 60_000);

  it('chooses from lists, writes days, moves the slider and opens a table', async () => {
    const { page, show, settled } = watched();
    const chosen = () => new URL(page.url()).searchParams;
    await show('/?lang=en&from=2020-01-01&to=2020-12-31');
    const steps: [string, () => Promise<void>][] = [
      ['Year', () => page.keyboard.press('ArrowDown')],
      ['From', () => page.keyboard.type('02012019')],
      ['Territory', () => page.keyboard.type('Provincia')],
    ];
    const unseen: string[] = [];
    for (const [label, act] of steps) {
      unseen.push(...(await tabTo(page, page.getByLabel(label, { exact: true }))));
      await act();
    }
    await settled();
    expect(Object.fromEntries(chosen())).toEqual({
      ...{ lang: 'en', from: '2019-02-01', to: '2019-12-31', territory: 'CN' },
    });
    unseen.push(...(await tabTo(page, page.getByRole('slider'))));
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('button', { name: 'Back to today' }).isEnabled();
    unseen.push(...(await tabTo(page, page.locator('#outcomes .actions button').first())));
    await page.keyboard.press('Space');
    await page.locator('#outcomes .table-scroll table').waitFor();
    expect(chosen().get('tables')).toBe('outcomes');
    expect(chosen().get('knownAt')).toMatch(/^\d{4}-\d\d-\d\d$/);
    unseen.push(...(await tabTo(page, page.locator('#outcomes .table-scroll'))));
    expect(unseen).toEqual([]);
    await settled();
  }, 60_000);
}
