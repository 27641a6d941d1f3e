import { type Nowcast } from '#survival';
import { type BacktestItem, coverage } from './backtest-coverage.js';

const forecast = (expected: number, low: number, high: number) => ({
  ...{ expected, low80: low, high80: high, low95: low, high95: high },
  reason: null,
});
const none: Nowcast['alreadyLost'] = {
  ...{ expected: null, low80: null, high80: null, low95: null, high95: null },
  reason: 'too_few_losses',
};

/** Ten are expected to be lost off the record, between 5 and 15; nothing else is open. */
const item: BacktestItem = {
  knownAt: '2020-06-30',
  pending: 100,
  beyondHorizon: 0,
  alreadyConverted: none,
  alreadyLost: forecast(10, 5, 15),
  eventuallyConverted: none,
  ...{ recordedConverted: 0, recordedLost: 9, recordedEventually: 0 },
  ...{ settledConverted: true, settledLost: true, settled: true },
};

describe('the coverage of a backtest', () => {
  it('counts what is recorded within the limits', () => {
    const missed = { ...item, knownAt: '2020-07-31', recordedLost: 34 };
    expect(coverage([item, missed])).toMatchObject({
      ...{ months: 2, compared: 2, within95: 1, coverage95: 0.5 },
      alreadyLost: { compared: 2, within80: 1, within95: 1 },
      alreadyConverted: { compared: 0, coverage95: null },
    });
  });

  it('waits until what happened can be on record, for each forecast by itself', () => {
    const early = { ...item, settledLost: false };
    expect(coverage([early])).toMatchObject({ months: 1, compared: 0, alreadyLost: { compared: 0 } });
    const both = { ...early, alreadyConverted: forecast(1, 0, 2) };
    expect(coverage([both])).toMatchObject({ compared: 1, alreadyConverted: { compared: 1, within95: 1 } });
    const inTheEnd = { ...item, eventuallyConverted: forecast(1, 0, 2), settled: false };
    expect(coverage([inTheEnd])).toMatchObject({ compared: 1, eventuallyConverted: { compared: 0 } });
  });

  it('takes no credit for a forecast that leaves nothing open', () => {
    const nobody = { ...item, pending: 0, alreadyLost: forecast(0, 0, 0), recordedLost: 0 };
    const closed = { ...item, alreadyConverted: forecast(0, 0, 0) };
    expect(coverage([nobody, closed])).toMatchObject({ compared: 1, alreadyConverted: { compared: 0 } });
  });
});
