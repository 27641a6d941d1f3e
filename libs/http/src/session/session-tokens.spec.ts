import { SESSION_SECONDS, SessionTokens } from './session-tokens.js';

const KEYS = [
  { key: 'figures', roles: ['analyst' as const] },
  { key: 'people', roles: ['casework' as const] },
];

describe('session tokens', () => {
  let now = Date.parse('2026-01-01T08:00:00Z');
  const tokens = new SessionTokens(KEYS, () => now);

  it('stand for the key that they were given for, in every process with the same keys', () => {
    const { token, expiresAt } = tokens.issue('people')!;
    expect(expiresAt.getTime()).toBe(now + SESSION_SECONDS * 1000);
    expect(new SessionTokens(KEYS, () => now).read(token)).toEqual({ key: 'people', expiresAt });
    expect(token).not.toContain('people');
    expect(tokens.issue('people')!.token).not.toBe(token);
  });

  it('are not given for a key that nobody knows', () => {
    expect(tokens.issue('peoplE')).toBeUndefined();
  });

  it('end with their time, and with their key', () => {
    const { token } = tokens.issue('figures')!;
    now += SESSION_SECONDS * 1000 - 1;
    expect(tokens.read(token)).toMatchObject({ key: 'figures' });
    now += 1;
    expect(tokens.read(token)).toBeUndefined();
    const other = tokens.issue('figures')!.token;
    expect(new SessionTokens(KEYS.slice(1), () => now).read(other)).toBeUndefined();
  });

  it('are not believed when any of their characters differs', () => {
    const { token } = tokens.issue('figures')!;
    for (let place = 0; place < token.length; place += 1) {
      // The last character of a signature holds two bits that say nothing.
      const other = token[place] === 'A' ? 'Q' : 'A';
      const forged = `${token.slice(0, place)}${other}${token.slice(place + 1)}`;
      expect(tokens.read(forged)).toBeUndefined();
    }
    expect(tokens.read('')).toBeUndefined();
    expect(tokens.read(`${token}x`)).toBeUndefined();
  });
});
