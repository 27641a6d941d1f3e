import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { ServerProcess } from '../support/server-process.js';
import { describeInBrowser, launch, watchedPage } from './dashboard-browser.js';

describeInBrowser('the dashboard where keys are set', () => {
  let folder: string;
  let server: ServerProcess;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-keys-'));
    server = await ServerProcess.start(folder, { env: { API_KEYS: 'figures=analyst,all=analyst+casework' } });
    browser = await launch();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('asks for a key once, keeps it from scripts, and forgets it when told', async () => {
    const { page, troubles, settled } = await watchedPage(browser, server.url);
    await page.goto(`${server.url}/?lang=en`);
    await page.getByLabel('Key').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').filter({ hasText: 'There is no such key.' }).waitFor();
    // The browser itself tells of the refused answer; of nothing else.
    expect(troubles.splice(0)).toEqual([expect.stringContaining('401') as string]);

    await page.getByLabel('Key').fill('figures');
    await page.keyboard.press('Enter');
    await settled();
    expect(await page.locator('main h1').innerText()).toBe('The funnel');
    await page.locator('footer .live').waitFor();
    expect(await page.evaluate('document.cookie + JSON.stringify(localStorage)')).toBe('{}');

    await page.reload();
    await settled();
    await page.getByRole('link', { name: 'Journeys' }).click();
    await page.getByText('a key with the role “casework” is needed').waitFor();

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Key').waitFor();
    await page.reload();
    await page.getByLabel('Key').waitFor();
    expect(troubles).toEqual([]);
    await page.context().close();
  }, 60_000);
});
