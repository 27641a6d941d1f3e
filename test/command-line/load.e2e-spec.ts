import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoHistory } from '#history';
import { ended, mip, mipJson, startMip } from '../support/mip.js';
import { ServerProcess } from '../support/server-process.js';

interface Loaded {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly resumedAfter: number;
  readonly errors: readonly string[];
}

/** Each command is a process of its own. */
const LIMIT_MS = 120_000;
const FACTS = 8_000;
const history = demoHistory().slice(0, FACTS);
const ndjson = (events: readonly unknown[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');

let folder: string;
let facts: string;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'percorso-mip-load-'));
  facts = file('facts.ndjson');
  await writeFile(facts, ndjson(history));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the log holds, sorted: of facts that are sent together those of one stream are stored together. */
async function idsInLog(url: string): Promise<string[]> {
  const { code, stdout } = await mip(['export'], { url });
  expect(code).toBe(0);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id)
    .sort();
}

describe('mip load, to a server', () => {
  it(
    'goes on after it was killed, also when the server was, and doubles nothing',
    async () => {
      const data = await mkdtemp(join(folder, 'server-'));
      let server = await ServerProcess.start(data);
      const checkpoint = `${facts}.mip-load.json`;
      try {
        const killed = startMip(['load', facts], { url: server.url });
        const end = ended(killed);
        while (!existsSync(checkpoint)) await new Promise((resolve) => setTimeout(resolve, 5));
        killed.kill('SIGKILL');
        await end;
        const after = JSON.parse(await readFile(checkpoint, 'utf8')) as { facts: number };
        expect(after.facts).toBeLessThan(FACTS);

        const cutOff = startMip(['load', facts, '--patience', '0'], { url: server.url });
        const said = ended(cutOff);
        await once(cutOff.stderr!, 'data');
        await server.kill();
        const { code, stderr } = await said;
        expect(code).toBe(3);
        expect(stderr).toContain(`going on after ${after.facts} facts`);
        expect(stderr).toContain('The same command goes on where it stopped.');

        server = await ServerProcess.start(data);
        // Under another address it is another server, as far as anybody can tell: known facts change nothing.
        const all = await mipJson<Loaded>(['load', facts], { url: server.url });
        expect(all.accepted + all.duplicates).toBe(FACTS);
        expect(all.duplicates).toBeGreaterThanOrEqual(after.facts);
        expect(existsSync(checkpoint)).toBe(false);
        expect(await idsInLog(server.url)).toEqual(history.map(({ id }) => id).sort());
      } finally {
        await server.stop();
      }
    },
    LIMIT_MS,
  );

  it(
    'stops at a wrong fact, tells its line, and goes on there when it is put right',
    async () => {
      const server = await ServerProcess.start(await mkdtemp(join(folder, 'server-')));
      const { url } = server;
      const path = file('wrong.ndjson');
      const some = history.slice(0, 30);
      const bad = { ...some[10], id: 'wrong', data: { territory: 'XX' } };
      try {
        await writeFile(path, `\ufeff${ndjson([...some.slice(0, 10), bad])}\n${ndjson(some.slice(10))}`);
        const refused = await mip(['load', path], { url });
        expect(refused).toMatchObject({ code: 1, stdout: '' });
        expect(refused.stderr).toMatch(/line 11, \/data\/territory: there is no territory "XX"/);
        await writeFile(path, `\ufeff${ndjson(some.slice(0, 10))}\n${ndjson(some.slice(10))}`);
        expect(await mipJson<Loaded>(['load', path], { url })).toMatchObject({
          accepted: 20,
          resumedAfter: 10,
        });

        const other = await mip(['load', '-', '--skip', '--json'], {
          url,
          input: ndjson([bad, ...some, { x: 1 }]),
        });
        expect(other.code).toBe(1);
        const { errors, ...counts } = JSON.parse(other.stdout) as Loaded;
        expect(counts).toMatchObject({ accepted: 0, duplicates: 30, rejected: 2 });
        expect(errors[0]).toMatch(/^line 1, \/data\/territory: /);
        expect(errors.at(-1)).toMatch(/^line 32, /);
      } finally {
        await server.stop();
      }
    },
    LIMIT_MS,
  );

  it(
    'does not trust a checkpoint when file or log are others than it was written for',
    async () => {
      const server = await ServerProcess.start(await mkdtemp(join(folder, 'server-')));
      const { url } = server;
      const path = file('twice.ndjson');
      const some = history.slice(0, 40);
      try {
        await writeFile(path, ndjson([...some.slice(0, 20), { x: 1 }]));
        await mip(['load', path], { url });
        const kept = await readFile(`${path}.mip-load.json`, 'utf8');
        await writeFile(path, ndjson(some.slice(10)));
        const changed = await mip(['load', path], { url });
        expect(changed).toMatchObject({
          code: 0,
          stderr: expect.stringContaining('beginning again') as string,
        });
        expect(changed.stdout).toContain('20 facts stored, 10 known already');

        const empty = await ServerProcess.start(await mkdtemp(join(folder, 'server-')));
        await writeFile(path, ndjson(some));
        await writeFile(`${path}.mip-load.json`, kept.replace(url, empty.url));
        try {
          expect(await mipJson<Loaded>(['load', path], { url: empty.url })).toMatchObject({
            accepted: 40,
            resumedAfter: 0,
          });
        } finally {
          await empty.stop();
        }
      } finally {
        await server.stop();
      }
    },
    LIMIT_MS,
  );

  it(
    'shows its key, and tells when that does not do',
    async () => {
      const server = await ServerProcess.start(await mkdtemp(join(folder, 'server-')), {
        env: { API_KEYS: 'sender=emitter,importer=emitter+import,reader=analyst' },
      });
      const { url } = server;
      const one = file('one.ndjson');
      await writeFile(one, ndjson(history.slice(0, 1)));
      try {
        for (const key of [[], ['--key', 'nobody'], ['--key', 'reader'], ['--key', 'sender']]) {
          expect(await mip(['load', one, ...key], { url })).toMatchObject({ code: 4, stdout: '' });
        }
        const env = { PERCORSO_KEY: 'importer' };
        expect(await mip(['load', one], { url, env })).toMatchObject({ code: 0 });
      } finally {
        await server.stop();
      }
    },
    LIMIT_MS,
  );
});

describe('mip load', () => {
  const example = join('docs', 'examples', 'registrations.csv');
  const mapping = join('docs', 'examples', 'registrations.mapping.json');

  it(
    'makes facts of the rows of a CSV file, as its mapping says',
    async () => {
      const data = file('csv');
      const csv = file('registrations.csv');
      await copyFile(example, csv);
      expect(await mip(['load', csv, '-m', mapping, '--data', data, '--dry-run'])).toMatchObject({ code: 3 });
      expect(await mipJson<Loaded>(['load', csv, '-m', mapping, '--data', data])).toMatchObject({
        accepted: 5,
      });
      expect(existsSync(`${csv}.mip-load.json`)).toBe(false);
      const { stdout } = await mip(['export', '--data', data]);
      const [first, ...others] = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(first).toMatchObject({
        id: 'A-1001-registered',
        subject: 'A-1001',
        time: '2021-05-04T08:00:00.000Z',
        data: { territory: 'TO', profile: { gender: 'F', birthYear: 1988, education: 'bachelor' } },
      });
      expect(others.at(-1)).toMatchObject({ subject: 'A-1003', data: { territory: 'TO' } });
      expect(others.at(-1)!['data'] as object).not.toHaveProperty('profile');
      const { items } = await mipJson<{ items: object[] }>(['funnel', '--data', data]);
      expect(items).toMatchObject([{ month: '2021-05', registered: 3, attended: 1, absent: 1 }]);
    },
    LIMIT_MS,
  );

  it(
    'tells what is wrong with a row by its column, and with a mapping by its place',
    async () => {
      const server = await ServerProcess.start(await mkdtemp(join(folder, 'server-')));
      const { url } = server;
      try {
        const text = await readFile(example, 'utf8');
        const path = file('wrong.csv');
        const load = (...more: string[]) => mip(['load', path, '-m', mapping, ...more], { url });
        await writeFile(
          path,
          text.replace('Cuneo;M;1979', 'Roma;M;79b').replace('11/05/2021 15:30', '31/04/2021 15:30'),
        );
        const refused = await load();
        expect(refused.code).toBe(1);
        expect(refused.stderr).toContain(
          'line 2, column Data incontro, /time: must be a time of the form DD/MM/YYYY HH:mm, not "31/04/2021 15:30"',
        );
        const skipped = await load('--skip', '--json');
        expect(skipped.code).toBe(1);
        expect(JSON.parse(skipped.stdout)).toMatchObject({
          rejected: 2,
          errors: [
            expect.stringContaining('line 2, column Data incontro, /time'),
            'line 3, column Provincia, /data/territory: must be one of Torino, Cuneo, not "Roma"',
            'line 3, column Anno nascita, /data/profile/birthYear: must be an integer, not "79b"',
          ],
        });
        await writeFile(path, text.replaceAll('ONLINE-TORINO', 'CASA'));
        expect((await load()).stderr).toMatch(/line 2, column Sede, \/data\/venue: there is no venue "CASA"/);
        await writeFile(path, text.replaceAll(';', ','));
        expect(await load()).toMatchObject({
          code: 2,
          stderr: expect.stringContaining('delimiter') as string,
        });
        await writeFile(path, Buffer.from(text.replace('Torino;;', 'Forl\u00ec;;'), 'latin1'));
        expect((await load()).stderr).toContain('the file is not written in utf-8');
        expect(await mip(['load', path], { url })).toMatchObject({ code: 2 });

        const wrong = file('wrong.mapping.json');
        await writeFile(
          wrong,
          JSON.stringify({
            delimeter: ';',
            events: [{ id: '{Codice', data: { x: { from: '{A}', as: 'number' } } }],
          }),
        );
        const { code, stderr } = await mip(['load', path, '-m', wrong], { url });
        expect(code).toBe(2);
        for (const place of ['/delimeter', '/events/0/source', '/events/0/id', '/events/0/data/x/as']) {
          expect(stderr).toContain(`  ${place}: `);
        }
      } finally {
        await server.stop();
      }
    },
    LIMIT_MS,
  );

  it(
    'says so when another process has the files open',
    async () => {
      const data = await mkdtemp(join(folder, 'held-'));
      const server = await ServerProcess.start(data);
      try {
        const { code, stderr } = await mip(['load', facts, '--data', data]);
        expect(code).toBe(3);
        expect(stderr).toContain('--url URL');
      } finally {
        await server.stop();
      }
      expect(await mip(['status', '--data', file('nowhere')])).toMatchObject({ code: 3, stdout: '' });
    },
    LIMIT_MS,
  );
});
