import { type Ask, MEASURES } from './demo-answers.js';

/** How late facts come on record. */
export function recordingTests(ask: Ask): void {
  it('docs/measures.md tells of the delays of recording what is served', async () => {
    const december = async (cut: string) => {
      const { items } = await ask<Record<string, number | string | boolean>>(
        `recording-delay?from=2020-12-01&to=2020-12-31${cut}`,
      );
      const { count, median, p90, max, complete } = items.find(({ type }) => type === 'it.mip.abandoned.v1')!;
      return { count, days: [median, p90, max].map((one) => (one as number).toFixed(1)), complete };
    };
    const then = await december('&knownAt=2020-12-31');
    expect(then).toEqual({ count: 17, days: ['7.2', '11.8', '28.0'], complete: false });
    const now = await december('');
    expect(now).toEqual({ count: 75, days: ['42.1', '108.2', '149.1'], complete: true });
    expect(MEASURES).toContain(
      'were 17 as known on its last day, with a median of 7.2 days and a maximum of 28.0, and `complete` was false',
    );
    expect(MEASURES).toContain('known today are 75, median 42.1 days, p90 108.2, maximum 149.1');
  });

  it('what is called completely recorded has hardly grown', async () => {
    type Delay = Record<'month' | 'type', string> & { count: number; complete: boolean };
    const { items: then } = await ask<Delay>('recording-delay?knownAt=2020-12-31');
    const { items: now } = await ask<Delay>('recording-delay?to=2020-12-31');
    const today = new Map(now.map(({ month, type, count }) => [`${month} ${type}`, count]));
    const complete = then.filter((row) => row.complete);
    const grown = complete.filter(({ month, type, count }) => today.get(`${month} ${type}`)! > count);
    expect([then.length, complete.length, grown.length]).toEqual([468, 456, 13]);
    const slow = ['it.mip.not-admissible.v1', 'it.mip.abandoned.v1'];
    expect(grown.every(({ month, type }) => month.startsWith('2020') && slow.includes(type))).toBe(true);
    expect(MEASURES).toContain('456 of 468 rows are complete; 13 of them have grown since');
  });
}
