import fc from 'fast-check';
import { moments } from './histories.js';
import { dayOf } from './oracle-facts.js';
import { type OracleQuestion } from './oracle-rows.js';

const VALUES: Record<string, readonly string[]> = {
  territory: ['TO', 'CN', 'unknown'],
  venue: ['CPI-RIVOLI', 'TEL-CUNEO', 'none'],
  mode: ['in_person', 'phone', 'none'],
  sa: ['IZI-TORINO', 'none'],
  gender: ['F', 'unknown'],
  education: ['none', 'master', 'unknown'],
  employment: ['employed', 'unknown'],
};

export const ALL_KEYS = Object.keys(VALUES);

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** Random windows, cut-offs (exact to the millisecond), groupings and filters. */
export function questions(keys: readonly string[] = ALL_KEYS): fc.Arbitrary<OracleQuestion> {
  const filters = fc
    .subarray([...keys], { minLength: 0, maxLength: Math.min(2, keys.length) })
    .chain((chosen) =>
      fc.record(
        Object.fromEntries(chosen.map((key) => [key, fc.subarray([...VALUES[key]!], { minLength: 1 })])),
      ),
    );
  return fc
    .record({
      days: fc.tuple(optional(moments), optional(moments)),
      until: optional(moments),
      knownAt: optional(moments),
      groupBy: fc.shuffledSubarray([...keys], { minLength: 0, maxLength: Math.min(3, keys.length) }),
      filters: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: filters }),
    })
    .map(({ days: [one, other], ...rest }) => {
      const ordered = one !== undefined && other !== undefined && one > other ? [other, one] : [one, other];
      const [from, to] = ordered.map((moment) => (moment === undefined ? undefined : dayOf(moment)));
      return { ...rest, from, to };
    });
}
