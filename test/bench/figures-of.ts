/** Ratios and figures for people to read. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
};

export async function timed<T>(work: () => Promise<T>, times = 1): Promise<{ ms: number; result: T }> {
  const durations: number[] = [];
  let result!: T;
  for (let run = 0; run < times; run += 1) {
    const started = performance.now();
    result = await work();
    durations.push(performance.now() - started);
  }
  return { ms: median(durations), result };
}

export const count = (value: number): string => Math.round(value).toLocaleString('en-GB');

/** A line of the report: what was measured, the limit in the same run, their ratio, and what is reached for. */
export function line(what: string, got: string, limit: string, ratio: number, goal: string): void {
  console.log(
    `${what.padEnd(46)} ${got.padStart(18)} ${limit.padStart(18)} ${ratio.toFixed(2).padStart(9)}   ${goal}`,
  );
}

export function heading(text: string): void {
  console.log(
    `\n${text}\n${'what'.padEnd(46)} ${'measured'.padStart(18)} ${'limit'.padStart(18)} ${'ratio'.padStart(9)}   goal`,
  );
}
