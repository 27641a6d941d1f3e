import { isLoopback, namesLoopback } from './loopback.js';

describe('the loopback', () => {
  it('is known however it is written', () => {
    expect(['0:0:0:0:0:0:0:1', '::ffff:127.0.0.1'].map(isLoopback)).toEqual([true, true]);
    expect(['::ffff:10.0.0.1', '1.2.3.4'].map(isLoopback)).toEqual([false, false]);
  });

  it.each(['127.0.0.1', '127.9.8.7:3000', '[::1]', '[::1]:80', 'localhost', 'LocalHost:65535', '127.0.0.1:'])(
    'is named by the header "%s"',
    (header) => expect(namesLoopback(header)).toBe(true),
  );

  it.each([
    undefined,
    '',
    ':3000',
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '128.0.0.1',
    '[::2]:3000',
    '::1',
    '[localhost',
    'evil.example@localhost',
    'localhost, evil.example',
    'localhost:80:80',
  ])('is not named by the header "%s"', (header) => expect(namesLoopback(header)).toBe(false));
});
