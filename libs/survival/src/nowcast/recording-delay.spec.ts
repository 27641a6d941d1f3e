import { recordedShare, unrecordedAfter } from './recording-delay.js';

describe('the share of facts that is on record after some days', () => {
  it('is worked out among the facts that could have shown a delay', () => {
    // Long ago twelve: six known at once, four after a day, two after three days. Today four, all known at once;
    // whoever counted all sixteen alike would find 10/16 known at once.
    const delays = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 3, 3, 0, 0, 0, 0];
    const limits = delays.map((_, index) => (index < 12 ? 100 : 0));
    const share = recordedShare(delays, limits);
    // G(2) = 1 − 2/12, G(1) = G(2), G(0) = G(1) · (1 − 4/10).
    expect([...share].map((one) => one.toFixed(9))).toEqual(
      [1 / 2, 5 / 6, 5 / 6, 1].map((one) => one.toFixed(9)),
    );
    expect(unrecordedAfter(share, 0)).toBeCloseTo(0.5, 12);
    expect(unrecordedAfter(share, 4)).toBe(0);
  });

  it('is all when nothing shows a delay', () => {
    expect([...recordedShare([], [])]).toEqual([1]);
    expect([...recordedShare([0, 0], [5, 9])]).toEqual([1]);
  });

  it('takes no notice of a delay that hardly any fact could have shown', () => {
    // One fact of the first days came late; the others are too recent to tell whether that is usual.
    const delays = [40, ...Array.from({ length: 30 }, () => 0)];
    const limits = [45, ...Array.from({ length: 30 }, () => 10)];
    expect(recordedShare(delays, limits)[0]).toBe(1);
  });
});
