import { signal } from '@preact/signals';
import { RequestProblem } from '../api/client.js';
import { readCatalogue } from './catalogue.js';
import { readSpan } from './period.js';

const AGAIN_MS = 2_000;

/** Why the page cannot show anything yet. */
export const basicsProblem = signal<unknown>(null);

/** Reads what every page stands on; while the figures are not there yet it is tried again and again. */
export async function readBasics(): Promise<void> {
  try {
    await Promise.all([readCatalogue(), readSpan()]);
    basicsProblem.value = null;
  } catch (error) {
    basicsProblem.value = error;
    const over = error instanceof RequestProblem && error.status < 500;
    if (!over) setTimeout(() => void readBasics(), AGAIN_MS);
  }
}
