import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder.js';

describe('makeFolder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-folder-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('creates what is missing, and is content with what is there', () => {
    const path = join(folder, 'a', 'b', 'c');
    makeFolder(path);
    makeFolder(path);
    makeFolder('.');
    expect(existsSync(path)).toBe(true);
  });

  it('fails where a file is in the way', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(() => makeFolder(file)).toThrow(/EEXIST/);
    expect(() => makeFolder(join(file, 'below'))).toThrow(/EEXIST|ENOTDIR/);
  });

  it('fails, and does not try for ever, where no folder can be', () => {
    expect(() => makeFolder('/proc/percorso/logs')).toThrow(/\/proc\/?/);
  });
});
