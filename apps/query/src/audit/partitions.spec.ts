import { readdir } from 'node:fs/promises';
import fc from 'fast-check';
import { Partitions } from './partitions.js';
import { withTemporaryFolder } from './run-replay.js';

const keyOf = (line: string) => line.split(' ')[0]!;
const FORM = { keyOf, write: (line: string) => `${line}\n`, read: (line: string) => line };

async function portionsOf(lines: readonly string[], linesAtOnce: number) {
  return withTemporaryFolder(async (folder) => {
    const partitions = new Partitions(folder, FORM, linesAtOnce);
    for (const line of lines) await partitions.add(line);
    const files = await readdir(folder);
    const portions: string[][] = [];
    for await (const portion of partitions.portions()) portions.push(portion);
    return { portions, files, left: await readdir(folder) };
  });
}

describe('partitions', () => {
  it('give every key in one portion, its lines in order, and leave no files', async () => {
    const written = fc.array(fc.nat(20), { maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(written, fc.integer({ min: 1, max: 50 }), async (keys, linesAtOnce) => {
        const lines = keys.map((key, index) => `key${key} line${index} èß€`);
        const { portions, left } = await portionsOf(lines, linesAtOnce);
        expect(portions.flat().sort()).toEqual([...lines].sort());
        for (const key of new Set(lines.map(keyOf))) {
          const holding = portions.filter((portion) => portion.some((line) => keyOf(line) === key));
          expect(holding).toHaveLength(1);
          expect(holding[0]!.filter((line) => keyOf(line) === key)).toEqual(
            lines.filter((line) => keyOf(line) === key),
          );
        }
        expect(left).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('hold no more lines at once than asked, however many there are', async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `j-${index} ${'x'.repeat(20)}`);
    const { portions } = await portionsOf(lines, 15);
    expect(portions.flat()).toHaveLength(lines.length);
    expect(Math.max(...portions.map((portion) => portion.length))).toBeLessThanOrEqual(15);
  });

  it('write no file where all of it may be held at once', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => `j-${index % 7} line${index}`);
    expect(await portionsOf(lines, 20)).toEqual({ portions: [lines], files: [], left: [] });
    expect((await portionsOf(lines, 19)).portions.length).toBeGreaterThan(1);
    expect(await portionsOf([], 19)).toEqual({ portions: [], files: [], left: [] });
  });

  it('hold the lines of one key together even where they are more', async () => {
    const lines = Array.from({ length: 100 }, (_, index) => `j ${index}`);
    expect((await portionsOf(lines, 10)).portions).toEqual([lines]);
  });
});
