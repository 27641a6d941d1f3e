import { FailedLogins } from './failed-logins.js';

describe('failed logins', () => {
  it('make an address wait after ten in a minute, and no other', () => {
    let now = 0;
    const failed = new FailedLogins(() => now);
    for (let count = 0; count < 10; count += 1) {
      expect(failed.waitSeconds('a')).toBe(0);
      failed.add('a');
      now += 1000;
    }
    expect(failed.waitSeconds('a')).toBe(50);
    expect(failed.waitSeconds('b')).toBe(0);
    now = 60_000;
    expect(failed.waitSeconds('a')).toBe(0);
    failed.add('a');
    expect(failed.waitSeconds('a')).toBe(0);
  });
});
