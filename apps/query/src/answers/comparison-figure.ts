import { GROUP_KEYS, VERDICTS } from '#measures';
import {
  count,
  type FigureDeclaration,
  objectOf,
  orNull,
  type Properties,
  type SchemaObject,
  share,
} from './figure-declaration.js';

const TEST: SchemaObject = {
  ...objectOf({
    statistic: {
      type: 'number',
      minimum: 0,
      description: 'Chi-square distributed where the groups are alike.',
    },
    degreesOfFreedom: count('Groups less one, as far as they can be told apart.'),
    pValue: share('How often groups that are alike would differ at least so much.'),
  }),
  type: ['object', 'null'],
};

/** What a comparison says beside its rows. */
export const COMPARISON_FINDINGS: Properties = {
  tests: objectOf({
    logRank: {
      ...TEST,
      description: 'Log-rank test of the hazards of converting; losses count as censored.',
    },
    grayConverted: { ...TEST, description: "Gray's test of the cumulative incidences of converting." },
    grayLost: { ...TEST, description: "Gray's test of the cumulative incidences of being lost." },
  }),
  verdict: {
    type: 'string',
    enum: [...VERDICTS],
    description: `By Gray's test of converting; too few to say with fewer than ten conversions in a group, nothing to compare with fewer than two groups.`,
  },
  tooFew: {
    type: 'array',
    items: { type: 'object', additionalProperties: { type: 'string' } },
    description:
      'The groups with fewer than ten conversions, by their keys. Where there are any the tests are not to be used: filter these groups out, or ask for other keys.',
  },
  alpha: { type: 'number', description: 'A p-value below this is called a difference.' },
};

export const COMPARISON: FigureDeclaration = {
  name: 'hysteresis-compare',
  summary: 'Whether groups differ in how many go on, and how soon',
  description:
    "The groups of a cohort side by side, with three tests of the hypothesis that they are alike: the log-rank test (Mantel; Peto and Peto) of the hazards of converting, and Gray's test (1988, ρ = 0) of the cumulative incidences of converting and of being lost. The verdict is that of Gray's test of converting at α = 0.05; with fewer than ten conversions in a group it is `too_few_to_say`: `tooFew` names these groups, and the tests are not to be used, whatever they print. With fewer than two groups there is `nothing_to_compare`. `groupBy` is needed. At most 40 groups can be compared. CSV has the rows alone: totals, `tests`, `verdict` and `tooFew` stand in JSON.",
  groupKeys: GROUP_KEYS,
  item: {
    size: count('Members: entries of `fromStage` in the window.'),
    converted: count('Reached `toStage`.'),
    lost: count('Did not, and gave up or were refused.'),
    pending: count('Neither.'),
    medianDays: orNull(
      'First day on which half of the group had converted, by the Aalen–Johansen incidence; null when it never got there.',
    ),
  },
};
