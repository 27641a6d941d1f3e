import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mip, mipJson } from '../support/mip.js';
import { ServerProcess } from '../support/server-process.js';

/** Each command is a process of its own. */
const LIMIT_MS = 120_000;
const YEAR = ['--from', '2020-01-01', '--to', '2020-12-31'];
const PRINTED = [...YEAR, '--known-at', '2020-12-31', '--until', '2020-12-31'];

let folder: string;
let server: ServerProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'percorso-mip-'));
  server = await ServerProcess.start(folder, { program: 'demo', limitMs: LIMIT_MS });
}, LIMIT_MS);
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
}, LIMIT_MS);

const ask = (...args: string[]) => mip(args, { url: server.url });

/** The cells of the row of a table that begins with a word. */
async function row(word: string, ...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await ask(...args);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const line = stdout.split('\n').find((one) => one.startsWith(word));
  return line?.trim().split(/ {2,}/) ?? [];
}

describe('mip, asking a server', () => {
  it(
    'prints the funnel as a table, or as it was answered',
    async () => {
      expect(await row('total', 'funnel', ...YEAR)).toEqual(
        'total 1704 1629 170 1443 162 949 89 584 146 361'.split(' '),
      );
      expect(await row('2020-12', 'funnel', 'cumulative', ...PRINTED)).toContain('226');
      expect(await row('pct', 'funnel', 'ratio', ...YEAR)).toEqual(['pct', '65.77']);
      expect(await row('saChosen', 'funnel', 'cohort', '--stage', 'attended', ...PRINTED)).toEqual(
        'saChosen 1443 762 78 31 572'.split(' '),
      );
      expect(await row('total', 'funnel', '--returning', ...YEAR)).toContain('187');
      const answer = await mipJson<object>(['funnel', ...YEAR, '--territory', 'TO,CN'], { url: server.url });
      const query = 'from=2020-01-01&to=2020-12-31&territory=TO,CN';
      expect(answer).toEqual(await server.get(`/v1/funnel/monthly?${query}`));
    },
    LIMIT_MS,
  );

  it(
    'tells late from lost',
    async () => {
      expect(await row('hysteresisPct', 'hysteresis', ...PRINTED)).toEqual(['hysteresisPct', '39.64']);
      expect(await row('medianDays ', 'hysteresis', ...PRINTED, '--curve')).toEqual(['medianDays', '194']);
      const compared = await ask('hysteresis', 'compare', ...YEAR, '--group-by', 'territory');
      expect(compared.stdout).toContain('the groups differ (α = 0.05)');
      const genders = await ask('hysteresis', 'compare', ...PRINTED, '--group-by', 'gender');
      expect(genders.stdout).toContain(
        'too few conversions to say: X has fewer than ten, so the tests are not to be used (α = 0.05)',
      );

      // A small probability is not printed as none.
      expect(compared.stdout).toMatch(/Gray's test of converting +\S+ +3 +<0\.0001\n/);
      expect((await row('delays.p90', 'hysteresis', ...YEAR, '--net'))[1]).toMatch(/^\d+\.\d$/);
      const triangle = await row('2020-11', 'hysteresis', 'triangle', ...PRINTED);
      expect(triangle.slice(0, 4)).toEqual(['2020-11', '121', '28~', '43~']);
      const ages = await ask('hysteresis', 'triangle', ...YEAR, '--ages', '2');
      expect(ages.stdout).toMatch(/^month +size +\+0 +\+1 +\+2\n/);
      expect(ages.stdout).toMatch(/\ncomplete +1443 .*\nof +1443 +1443 +1443\n/);
      expect(ages.stdout).toMatch(/older ages are left out; all of them with --ages \d+/);
      const nowcast = await row('total', 'hysteresis', 'nowcast', ...PRINTED);
      expect(nowcast.slice(0, 5)).toEqual(['total', '1443', '762', '109', '572']);
      const early = await ask('hysteresis', 'nowcast', '--to', '2017-12-31', '--known-at', '2017-04-30');
      expect(early.stdout).toContain('\n- too few conversions\n');
      expect(await row('alreadyConverted', 'hysteresis', 'nowcast', '--backtest', ...YEAR)).toHaveLength(6);
    },
    LIMIT_MS,
  );

  it(
    'replays, compares two dates, and verifies',
    async () => {
      const replayed = await ask('replay', ...PRINTED);
      expect(replayed).toMatchObject({ code: 0 });
      expect(replayed.stdout).toContain('what is served matches, cell by cell');
      const december = ['--from', '2020-12-01', '--to', '2020-12-31'];
      expect(await row('2020-12  abandoned', 'diff', '2020-12-31', '2021-03-31', ...december)).toEqual([
        '2020-12',
        'abandoned',
        '17',
        '68',
        '51',
        'late +51',
      ]);
      const verified = await ask('verify', '--known-at', '2020-12-31', '--json');
      const { holds, checks } = JSON.parse(verified.stdout) as { holds: boolean; checks: object[] };
      expect(holds).toBe(true);
      expect(verified.stderr.match(/^replaying .*$/gm)).toEqual([
        'replaying all that is known',
        'replaying all that is known by territory',
        'replaying what was known at 2020-12-31',
        'replaying what was known at 2020-12-31 by territory',
      ]);
      expect(checks).toHaveLength(7);
    },
    LIMIT_MS,
  );

  it(
    'lists people, and shows one',
    async () => {
      const people = [
        'journeys',
        '--stage',
        'attended',
        '--to-stage',
        'saChosen',
        '--outcome',
        'pending',
        ...PRINTED,
      ];
      const all = await mipJson<{ items: object[]; count: number }>([...people, '--all'], {
        url: server.url,
      });
      expect(all.items).toHaveLength(572);
      const some = await ask(...people, '--limit', '2');
      expect(some.stdout.split('\n').filter((line) => line.startsWith('j-'))).toHaveLength(2);
      expect(some.stderr).toContain('2 of 572');
      expect(await row('absent', 'journeys', 'j-000001')).toContain('CPI-TORINO-BOLOGNA');
      expect(await ask('journeys', 'nobody')).toMatchObject({ code: 1, stdout: '' });
    },
    LIMIT_MS,
  );

  it(
    'prints the report, and writes it into a file',
    async () => {
      const printed = await ask('report', '2020', '--known-at', '2020-12-31');
      expect(printed).toMatchObject({ code: 0, stderr: '' });
      expect(printed.stdout).toMatch(/Participants +1,443/);
      expect(printed.stdout).toContain('Table 8. Participants and choices of the SA, by territory\n');
      expect(printed.stdout).toContain('Figure 1. Phone calls by month (Calls)\n');
      expect(printed.stdout).toContain('65.77%');
      expect(printed.stdout).toContain('In person %: 12% → 11.37%');
      const empty = await ask('report', '1999');
      expect(empty).toMatchObject({ code: 0 });
      expect(empty.stderr).toContain('no registration, participation, choice or pact of 1999 is known');
      const path = join(folder, 'report.json');
      expect(await ask('report', '2020', '--known-at', '2020-12-31', '-o', path)).toMatchObject({
        code: 0,
        stdout: '',
      });
      expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ year: 2020, knownAt: '2020-12-31' });
      expect(await ask('report', '20')).toMatchObject({ code: 2 });
      expect(await ask('report', '2020', '-o', join(folder, 'report.doc'))).toMatchObject({ code: 2 });
    },
    LIMIT_MS,
  );

  it(
    'ends well when whoever reads has seen enough',
    async () => {
      const shell = spawn('bash', ['-c', `set -o pipefail; node apps/cli/bin/mip.js export | head -1`], {
        env: { PATH: process.env['PATH'], PERCORSO_URL: server.url },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      shell.stdout.resume();
      let said = '';
      shell.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
      expect(await once(shell, 'close')).toEqual([0, null]);
      expect(said).toBe('');
    },
    LIMIT_MS,
  );

  it(
    'tells scripts what happened by its exit code',
    async () => {
      const wrong = await ask('funnel', '--from', '2020-13-01', '--group-by', 'teritory');
      expect(wrong).toMatchObject({ code: 2, stdout: '' });
      expect(wrong.stderr).toContain('  parameter from: must be a day (YYYY-MM-DD), not "2020-13-01"');
      expect(wrong.stderr).toContain('  parameter groupBy: ');
      expect(await ask('funnel', '--form', '2020-01-01')).toMatchObject({ code: 2, stdout: '' });
      expect(await ask('status', '--data', folder, '--url', server.url)).toMatchObject({ code: 2 });
      expect(await mip(['status'], { url: 'http://127.0.0.1:1' })).toMatchObject({ code: 3, stdout: '' });
      const status = await ask('status');
      expect(status).toMatchObject({ code: 0, stderr: '' });
      expect(status.stdout).toContain('log at position 28218; the history in it is made up');
    },
    LIMIT_MS,
  );
});

describe('mip, on files without a server', () => {
  it(
    'exports, loads the export elsewhere, rebuilds and verifies',
    async () => {
      const file = join(folder, 'facts.ndjson');
      expect(await ask('export', '-o', file)).toMatchObject({ code: 0, stdout: '' });
      const some = (await readFile(file, 'utf8')).split('\n').slice(0, 3000).join('\n');
      await writeFile(file, some);
      const data = join(folder, 'copy');
      expect((await mip(['load', file, '--data', data])).stdout).toContain('3000 facts stored');
      const rebuilt = await mip(['rebuild', '--data', data]);
      expect(rebuilt).toMatchObject({ code: 0 });
      expect(rebuilt.stdout).toContain('rebuilt and serving, at position 3000');
      const env = {
        EVENT_LOG_URL: `sqlite:${data}/events.db`,
        READ_MODEL_URL: `sqlite:${data}/read-models.db`,
      };
      expect(await mip(['verify'], { env })).toMatchObject({ code: 0 });
    },
    LIMIT_MS,
  );
});

describe('mip --version', () => {
  it('is that of the package', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect(await mip(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });
});

describe('mip --help', () => {
  it.each([
    'load',
    'funnel',
    'hysteresis',
    'report',
    'replay',
    'diff',
    'journeys',
    'export',
    'rebuild',
    'verify',
    'status',
  ])(
    'explains %s with examples and exit codes',
    async (name) => {
      const { code, stdout } = await mip([name, '--help']);
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`\\nExamples?:\\n  mip ${name}`));
      expect(stdout).toContain('Exit codes: 0 done');
      expect(stdout).toContain('--url <url>');
    },
    LIMIT_MS,
  );
});
