import fc from 'fast-check';

/** Below the limits of the tests: past those nothing would be said of what was found. */
const LIMIT_MS = 240_000;

/**
 * How often a property of a whole system is tried. A counterexample is made smaller only for as long as the test can
 * still tell it.
 */
export function runs(numRuns: number) {
  return { numRuns, plugins: [fc.interruptAfterTimeLimit(LIMIT_MS, { failOnInterrupt: true })] };
}
