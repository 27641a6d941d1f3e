import { negotiate } from './negotiate.js';

const OFFERS = ['application/json', 'text/csv'] as const;

describe('negotiate', () => {
  it.each<[string | undefined, string | undefined]>([
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['text/csv', 'text/csv'],
    ['TEXT/CSV', 'text/csv'],
    ['text/csv; charset=utf-8', 'text/csv'],
    ['text/*', 'text/csv'],
    ['application/json, text/csv', 'application/json'],
    ['text/csv, application/json', 'application/json'],
    ['application/json;q=0.5, text/csv', 'text/csv'],
    ['application/json;q=0.5, text/csv;q=0.4', 'application/json'],
    ['*/*;q=0.1, text/csv;q=0.2', 'text/csv'],
    ['application/json;q=0, */*', 'text/csv'],
    ['text/*;q=0.9, text/csv;q=0.1, application/json;q=0.5', 'application/json'],
    ['text/html, application/xhtml+xml, */*;q=0.8', 'application/json'],
    ['text/html', undefined],
    ['text/csv;q=0', undefined],
    ['application/json;q=0, text/csv;q=0', undefined],
    ['nonsense', undefined],
    ['application/json;q=2', 'application/json'],
  ])('of %j chooses %j', (header, chosen) => {
    expect(negotiate(header, OFFERS)).toBe(chosen);
  });
});
