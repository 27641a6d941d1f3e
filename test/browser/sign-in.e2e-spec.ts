import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { ServerProcess } from '../support/server-process.js';
import { axeViolations, describeInBrowser, launch, watchedPage } from './dashboard-browser.js';
import { tabTo } from './keyboard.js';

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
    await page.getByLabel('Key').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    // From here to the end with the keyboard alone.
    expect(await tabTo(page, page.getByLabel('Key'))).toEqual([]);
    await page.keyboard.type('wrong');
    expect(await tabTo(page, page.getByRole('button', { name: 'Sign in' }))).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'There is no such key.' }).waitFor();
    // The browser itself tells of the refused answer; of nothing else.
    expect(troubles.splice(0)).toEqual([expect.stringContaining('401') as string]);

    expect(await axeViolations(page)).toEqual([]);

    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('figures');
    await page.keyboard.press('Enter');
    await settled();
    expect(await page.locator('main h1').innerText()).toBe('The funnel');
    await page.locator('footer .live').waitFor();
    expect(await page.evaluate('document.cookie + JSON.stringify(localStorage)')).toBe('{}');

    await page.reload();
    await settled();
    expect(await tabTo(page, page.getByRole('link', { name: 'Journeys' }))).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('a key with the role “casework” is needed').waitFor();

    await page.reload();
    await settled();
    expect(await tabTo(page, page.getByRole('button', { name: 'Sign out' }))).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByLabel('Key').waitFor();
    await page.goto(`${server.url}/?lang=it`);
    await page.getByLabel('Chiave').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  }, 60_000);
});
