import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Ended {
  readonly code: number | null;
  readonly printed: string;
}

describe('the commands', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-commands-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Runs a compiled command to its end, on files of its own. */
  async function command(
    program: string,
    args: string[],
    env: Record<string, string> = {},
    app = 'server',
  ): Promise<Ended> {
    const child = spawn(process.execPath, [join('dist', 'apps', app, 'src', `${program}.js`), ...args], {
      env: {
        PATH: process.env['PATH'],
        EVENT_LOG_URL: `sqlite:${join(folder, 'events.db')}`,
        READ_MODEL_URL: `sqlite:${join(folder, 'read-models.db')}`,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
    }
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, printed };
  }

  it.each([
    ['main', 'npm start\n', 'sqlite:./data/events.db'],
    ['demo', 'npm run demo\n', 'sqlite:./data/demo/events.db'],
  ])('%s --help tells the settings', async (program, title, log) => {
    const { code, printed } = await command(program, ['--help']);
    expect(code).toBe(0);
    expect(printed.startsWith(title)).toBe(true);
    expect(printed).toContain(log);
    for (const name of ['PORT', 'HOST', 'READ_MODEL_URL', 'CATALOGUE_FILE', 'API_KEYS', 'LOG_LEVEL']) {
      expect(printed).toContain(name);
    }
    expect(printed).not.toContain('%');
  });

  it.each(['--port=1', 'here'])('refuses the argument %s and points to the help', async (argument) => {
    const { code, printed } = await command('main', [argument]);
    expect(code).toBe(2);
    expect(printed).toContain(argument.replace('=1', ''));
    expect(printed).toContain('npm start -- --help');
  });

  // The server comes first: it makes the files that the query side wants to find.
  it.each(['server', 'ingest', 'projector', 'query'])(
    '%s says in one line that the port is taken',
    async (app) => {
      const taken = createServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const { port } = taken.address() as AddressInfo;
      try {
        const { code, printed } = await command('main', [], { PORT: String(port) }, app);
        expect(code).toBe(1);
        expect(printed).toMatch(new RegExp(`^PORT must be [^\n]*127\\.0\\.0\\.1:${port}\n$`));
      } finally {
        taken.close();
      }
    },
  );

  it('says in one line which setting is wrong, before anything is opened', async () => {
    const { code, printed } = await command('demo', [], { API_KEYS: 'secret=king' });
    expect(code).toBe(1);
    expect(printed).toMatch(/^API_KEYS must be [^\n]*\n$/);
    expect(printed).not.toContain('secret');
  });

  it('names the setting that leads the read models into the log, and makes neither', async () => {
    const both = join(folder, 'both.db');
    const settings = { EVENT_LOG_URL: `sqlite:${both}`, READ_MODEL_URL: `sqlite://${both}` };
    const { code, printed } = await command('main', [], settings);
    expect(code).toBe(1);
    expect(printed).toMatch(/^READ_MODEL_URL must be another file than EVENT_LOG_URL names[^\n]*\n$/);
    expect(existsSync(both)).toBe(false);
  });

  it('says what CATALOGUE_FILE must be, and nothing of what is in it', async () => {
    const file = join(folder, 'secret.txt');
    await writeFile(file, 'root:x:0:0:root');
    const { code, printed } = await command('main', [], { CATALOGUE_FILE: file });
    expect(code).toBe(1);
    expect(printed).toMatch(/^CATALOGUE_FILE must be the file of a programme catalogue[^\n]*\n$/);
    expect(printed).toContain(file);
    expect(printed).not.toContain('root:');
  });
});
