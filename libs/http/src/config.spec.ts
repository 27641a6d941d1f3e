import 'reflect-metadata';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, readConfig } from './config.js';

function messageOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error(`taken: ${JSON.stringify(env)}`);
}

describe('the configuration', () => {
  it('has a default for everything, also where a variable is empty', () => {
    const defaults = {
      port: 3000,
      host: '127.0.0.1',
      eventLogUrl: 'sqlite:./data/events.db',
      readModelUrl: 'sqlite:./data/read-models.db',
      apiKeys: [],
      logLevel: 'info',
    };
    expect(readConfig({})).toEqual(defaults);
    expect(readConfig({ PORT: '', HOST: '', API_KEYS: '', CATALOGUE_FILE: '', LOG_LEVEL: '' })).toEqual(
      defaults,
    );
  });

  it('takes what is given', () => {
    expect(
      readConfig({
        PORT: '0',
        HOST: '0.0.0.0',
        EVENT_LOG_URL: 'esdb+discover://a:2113,b:2113?tls=false',
        READ_MODEL_URL: 'mongodb+srv://db.example/mip',
        CATALOGUE_FILE: 'other.json',
        API_KEYS: 'k1=emitter+import, a/b+c==analyst',
        LOG_LEVEL: 'debug',
      }),
    ).toEqual({
      port: 0,
      host: '0.0.0.0',
      eventLogUrl: 'esdb+discover://a:2113,b:2113?tls=false',
      readModelUrl: 'mongodb+srv://db.example/mip',
      catalogueFile: 'other.json',
      apiKeys: [
        { key: 'k1', roles: ['emitter', 'import'] },
        { key: 'a/b+c=', roles: ['analyst'] },
      ],
      logLevel: 'debug',
    });
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['PORT', '1e3'],
    ['HOST', 'a b'],
    ['HOST', '256.1.1.1'],
    ['EVENT_LOG_URL', './events.db'],
    ['EVENT_LOG_URL', 'sqlite:'],
    ['EVENT_LOG_URL', 'mongodb://x/y'],
    ['READ_MODEL_URL', 'postgres://x'],
    ['LOG_LEVEL', 'loud'],
    ['API_KEYS', 'key'],
    ['API_KEYS', 'key='],
    ['API_KEYS', '=analyst'],
    ['API_KEYS', 'key=boss'],
    ['API_KEYS', 'key=analyst,'],
    ['API_KEYS', 'key=analyst,key=emitter'],
  ])('refuses %s=%s in one line that names it', (variable, value) => {
    const message = messageOf({ [variable]: value });
    expect(message).toMatch(new RegExp(`^${variable} must be .+$`));
  });

  it('never shows a key or a password', () => {
    expect(messageOf({ API_KEYS: 'secret=boss' })).not.toContain('secret');
    expect(messageOf({ EVENT_LOG_URL: 'postgres://me:secret@host' })).not.toContain('secret');
  });

  it('without keys listens only to this machine', () => {
    for (const HOST of ['127.0.0.1', '127.9.8.7', '::1', 'localhost', 'LOCALHOST']) {
      expect(readConfig({ HOST }).host).toBe(HOST);
    }
    for (const HOST of ['0.0.0.0', '::', '10.0.0.1', '128.0.0.1', 'localhost.example', '::2']) {
      expect(messageOf({ HOST })).toMatch(/^HOST must be .*API_KEYS/);
      expect(readConfig({ HOST, API_KEYS: 'k=analyst' }).host).toBe(HOST);
    }
  });

  it.each([
    ['sqlite:./data/one.db', 'sqlite:./data/one.db'],
    ['sqlite:data/one.db', 'sqlite://data/../data/one.db'],
    ['sqlite:./data/read-models.db', ''],
    ['', 'sqlite:./data/events.db'],
  ])('refuses one file for both the log %s and the read models %s', (EVENT_LOG_URL, READ_MODEL_URL) => {
    expect(messageOf({ EVENT_LOG_URL, READ_MODEL_URL })).toMatch(
      /^READ_MODEL_URL must be another file than EVENT_LOG_URL names, not "sqlite:.+"$/,
    );
  });

  it('sees through symbolic links to one file, and takes two files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'percorso-config-'));
    try {
      symlinkSync(folder, join(folder, 'other'));
      const EVENT_LOG_URL = `sqlite:${join(folder, 'a.db')}`;
      expect(messageOf({ EVENT_LOG_URL, READ_MODEL_URL: `sqlite:${join(folder, 'other/a.db')}` })).toMatch(
        /^READ_MODEL_URL must be another file/,
      );
      const READ_MODEL_URL = `sqlite:${join(folder, 'other/b.db')}`;
      expect(readConfig({ EVENT_LOG_URL, READ_MODEL_URL })).toMatchObject({ readModelUrl: READ_MODEL_URL });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
