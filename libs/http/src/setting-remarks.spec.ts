import { tellRemarks } from './setting-remarks.js';

describe('what is said of settings without effect', () => {
  const toldOf = (eventLogUrl: string) => {
    const lines: unknown[] = [];
    tellRemarks({ eventLogUrl }, { warn: (line: unknown) => lines.push(line) });
    return lines;
  };

  it.each([
    'esdb://admin:s3cret@node:2113?tlsVerifyCert=false',
    'esdb+discover://admin:s3cret@node?tls=true&tls_verify_cert=false&nodePreference=leader',
  ])('is one line without what is secret (%s)', (url) => {
    const [line, ...more] = toldOf(url);
    expect(line).toMatch(/tlsVerifyCert=false has no effect/);
    expect(line).not.toContain('s3cret');
    expect(more).toEqual([]);
  });

  it.each([
    'esdb://node:2113?tlsVerifyCert=true',
    'esdb://node:2113?tls=false',
    'sqlite:./tlsVerifyCert=false',
  ])('is nothing of %s', (url) => expect(toldOf(url)).toEqual([]));
});
