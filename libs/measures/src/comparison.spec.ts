import { compareDelays, type DelayCounts, type NamedDelays } from './index.js';

/** A group in which so many convert on each of the days, and a hundred stay pending. */
function group(territory: string, converting: Readonly<Record<number, number>>): NamedDelays {
  const nobody = { converted: 0, abandoned: 0, notAdmissible: 0, pending: 0 };
  const days = Object.entries(converting).map(([day, converted]): DelayCounts => {
    return { ...nobody, day: Number(day), converted };
  });
  return { names: { territory }, days: [...days, { ...nobody, day: 1000, pending: 100 }] };
}

const verdictOf = (...groups: NamedDelays[]) => {
  const { verdict, tooFew } = compareDelays(groups);
  return { verdict, tooFew };
};

describe('the verdict on groups', () => {
  const soon = group('TO', { 1: 400, 2: 400 });
  const late = group('CN', { 50: 400, 90: 400 });

  it('is that of the test where every group has ten conversions', () => {
    expect(verdictOf(soon, late)).toEqual({ verdict: 'different', tooFew: [] });
    expect(verdictOf(group('TO', { 5: 10 }), group('CN', { 5: 10 }))).toEqual({
      verdict: 'no_difference_shown',
      tooFew: [],
    });
  });

  it('names the groups that keep it from being given', () => {
    expect(verdictOf(soon, group('AL-AT', { 5: 9 }), late, group('unknown', {}))).toEqual({
      verdict: 'too_few_to_say',
      tooFew: [{ territory: 'AL-AT' }, { territory: 'unknown' }],
    });
  });

  it('has nothing to say of fewer than two groups, however large', () => {
    expect(verdictOf(soon)).toEqual({ verdict: 'nothing_to_compare', tooFew: [] });
    expect(verdictOf()).toEqual({ verdict: 'nothing_to_compare', tooFew: [] });
  });
});
