import { type Locator, type Page } from 'playwright-core';

const MOST_STOPS = 60;

interface Stop {
  readonly name: string;
  readonly outline: string;
  readonly width: number;
  readonly inView: boolean;
}

/** What has the focus, and how that is shown. */
const STOP = `(() => {
  const at = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const { top, bottom, width, height } = at.getBoundingClientRect();
  return {
    name: at.outerHTML.slice(0, 90),
    outline: outlineStyle,
    width: parseFloat(outlineWidth),
    inView: width > 0 && height > 0 && bottom > 0 && top < innerHeight,
  };
})()`;

/**
 * Goes on with the Tab key until the focus is there.
 *
 * @returns the stops on the way at which it cannot be seen where the focus is
 */
export async function tabTo(page: Page, target: Locator): Promise<string[]> {
  const unseen: string[] = [];
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press('Tab');
    const { name, outline, width, inView } = await page.evaluate<Stop>(STOP);
    if (outline === 'none' || width < 2 || !inView) unseen.push(name);
    if ((await target.and(page.locator(':focus')).count()) > 0) return unseen;
  }
  throw new Error(`${MOST_STOPS} times Tab do not lead to ${target.toString()}`);
}
