import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Kept after a run, for who wants to see what the tests saw. */
export const SCREENSHOTS = join('test', 'browser', 'screenshots');

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];

/** The browser that the tests run in: that of `PERCORSO_CHROMIUM`, else one in a usual place. */
export const browserPath = [process.env['PERCORSO_CHROMIUM'] ?? '', ...USUAL_PLACES].find(
  (path) => path !== '' && existsSync(path),
);

/** A suite that needs a browser; where there is none it is skipped, and says so. */
export const describeInBrowser: typeof describe.skip = browserPath ? describe : describe.skip;
if (!browserPath) {
  console.warn('SKIPPED: no chromium was found (PERCORSO_CHROMIUM names its path), so no browser test runs.');
}

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/** A page of the dashboard, and what went wrong on it. */
export interface WatchedPage {
  readonly page: Page;
  /** Console errors, exceptions, failed requests and requests to other hosts. */
  readonly troubles: string[];
  /** Goes to an address and waits until all that it shows is there. */
  readonly show: (path: string) => Promise<void>;
  /** Waits until every chart is drawn from the last answers. */
  readonly settled: () => Promise<void>;
}

const PATIENCE_MS = 20_000;

/** Waits until something holds; the policy of the page forbids to wait inside it for what a text says. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  const limit = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > limit) throw new Error(`did not come true in ${PATIENCE_MS} ms: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

export function launch(): Promise<Browser> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  return chromium.launch({ executablePath: browserPath!, args: FLAGS });
}

/** Opens a page that nothing is forgiven on. */
export async function watchedPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== url) troubles.push(`another host: ${request.url()}`);
  });
  const settled = async () => {
    await page.locator('main h1').waitFor();
    await until(async () => (await page.locator('[aria-busy="true"], [data-drawn="false"]').count()) === 0);
  };
  return {
    page,
    troubles,
    settled,
    async show(path) {
      await page.goto(url + path);
      await settled();
    },
  };
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** What axe finds on a page and in the documents that it shows inside. */
export async function axeViolations(page: Page): Promise<string[]> {
  const axe = readFileSync(createRequire(join(process.cwd(), 'package.json')).resolve('axe-core'), 'utf8');
  // The policy of the page forbids to add a script to it; what the debugger evaluates is not meant.
  for (const frame of page.frames()) await frame.evaluate(axe);
  const found = await page.evaluate<Violation[]>('axe.run().then((result) => result.violations)');
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
