import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** All sources are read and resolved; on a machine that others use too that takes a while. */
const LIMIT_MS = 180_000;

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

async function violations(...folders: string[]): Promise<Violation[]> {
  const command = 'node_modules/.bin/depcruise';
  const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  // The command exits with the number of violations; its report is on standard output either way.
  const { stdout } = await run(command, [...options, ...folders], { maxBuffer: 1 << 28 }).catch(
    (failure: { stdout: string }) => failure,
  );
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

describe('the import rules', () => {
  it(
    'hold for every room, app and tool',
    async () => {
      const found = await violations('libs', 'apps', 'tools');
      expect(found.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'bite',
    async () => {
      const found = await violations('test/import-rules/broken');
      expect(new Set(found.map(({ rule }) => rule.name))).toEqual(
        new Set([
          'room-measures',
          'pure-rooms',
          'drivers-behind-their-port',
          'adapters-behind-their-port',
          'app-ingest',
        ]),
      );
      const ofTools = found.filter(({ from }) => from.includes('/broken/tools/'));
      expect(ofTools.map(({ rule }) => rule.name).sort()).toEqual([
        'adapters-behind-their-port',
        'drivers-behind-their-port',
      ]);
    },
    LIMIT_MS,
  );
});
