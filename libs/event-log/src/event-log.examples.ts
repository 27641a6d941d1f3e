import { type Fact, type StoredFact } from '#events';
import { type EventLog, type LogPage, LOG_START, type ReadAllOptions } from './event-log.port.js';

/** A small fact; `changes` replaces what a test is about. */
export function exampleFact(id: string, changes: Partial<Fact> = {}): Fact {
  return {
    source: '/area-web',
    id,
    type: 'it.mip.attended.v1',
    subject: 'J-1',
    time: 1_590_000_000_000,
    recorded: 1_590_000_060_000,
    accepted: 1_590_000_060_000,
    data: { venue: 'V-01' },
    ...changes,
  };
}

/** Small facts with the ids `f0`, `f1` and so on, or with another prefix. */
export function numbered(count: number, prefix = 'f'): Fact[] {
  return Array.from({ length: count }, (_, index) => exampleFact(`${prefix}${index}`));
}

/** Everything that a log can be asked to keep. */
export const DEMANDING_FACTS: readonly Fact[] = [
  exampleFact('no-subject', { subject: undefined, type: 'it.mip.web-traffic.v1' }),
  exampleFact('ünï¢ødé-漢字-🎈', { source: '/sorgente/è?x=1&y=%20#z' }),
  exampleFact('attributes', {
    attributes: { datacontenttype: 'application/json', sampled: true, retries: 3, ratio: 0.1, trace: '' },
  }),
  exampleFact('no-attributes-but-an-empty-set', { attributes: {} }),
  exampleFact('instants', { time: 253_402_300_799_999, recorded: 0, accepted: 2 ** 53 - 1 }),
  exampleFact('data', {
    data: {
      nested: { list: [1, 'two', null, { deep: [[]] }], empty: {} },
      numbers: [0, -1, 0.1, 1e300, 5e-324, 2 ** 53 - 1, 1_000_000_000],
      texts: ['', 'è', '"quoted"\\', '\u2028\ud800', 'line\nbreak'],
      flags: [true, false],
    },
  }),
  exampleFact('large', { data: { text: 'x'.repeat(200_000) } }),
];

/** All pages of a read that ends. */
export async function collect(pages: AsyncIterable<LogPage>): Promise<LogPage[]> {
  const collected: LogPage[] = [];
  for await (const page of pages) collected.push(page);
  return collected;
}

/** The facts of a whole log, or of a part of it. */
export async function allFacts(log: EventLog, options: Partial<ReadAllOptions> = {}): Promise<StoredFact[]> {
  const pages = await collect(log.readAll({ after: LOG_START, ...options }));
  return pages.flatMap((page) => page.facts);
}
