import { FUNNEL_STAGES } from '#events';
import { GROUP_KEYS, laterStages, OUTCOMES, VERDICTS } from '#measures';
import {
  count,
  countsOf,
  type FigureDeclaration,
  objectOf,
  orNull,
  type Properties,
  type SchemaObject,
} from './figure-declaration.js';

const LATER_STAGES = laterStages(FUNNEL_STAGES[0]);

/** One object for each later stage; only the stages after the asked one are there. */
const byLaterStage = (schema: SchemaObject, description: string): SchemaObject => ({
  type: 'object',
  description,
  properties: Object.fromEntries(LATER_STAGES.map((stage) => [stage, schema])),
});

const orNullObject = (properties: Properties, description: string): SchemaObject => ({
  ...objectOf(properties),
  type: ['object', 'null'],
  description,
});

const share = (description: string): SchemaObject => ({
  type: 'number',
  minimum: 0,
  maximum: 1,
  description,
});

const OUTCOME_COUNTS: Properties = {
  converted: count('Reached the later stage, in whatever programme cycle.'),
  abandoned: count('Did not, and the last status fact says that they gave up.'),
  notAdmissible: count('Did not, and the last status fact says that they were refused.'),
  pending: count('Neither: late, or not known to be lost.'),
};

export const COHORT: FigureDeclaration = {
  name: 'funnel-cohort',
  summary: 'The cohort funnel: what became of those who entered a stage',
  description:
    'Follows the people who entered `stage` in the window, whenever they went on: how many reached each later funnel stage, and what became of the others. The four outcomes towards a stage add up to the cohort. Grouped and filtered by the entry of `stage`. Method: a closed cohort, the same people counted at the entry and afterwards, so that a share of it is a conversion rate; the period ratio is none.',
  month: 'asked',
  groupKeys: GROUP_KEYS,
  item: {
    size: count('Entries of `stage` in the window.'),
    reached: byLaterStage({ type: 'integer', minimum: 0 }, 'How many reached each later stage.'),
    outcomes: byLaterStage(
      countsOf(OUTCOMES, 'The outcomes towards this stage.'),
      'The outcomes towards each later stage.',
    ),
  },
};

const DELAYS: Properties = {
  min: { type: 'number' },
  p25: { type: 'number' },
  median: { type: 'number' },
  p75: { type: 'number' },
  p90: { type: 'number' },
  max: { type: 'number' },
  mean: { type: 'number' },
};

const CURVE_POINT: Properties = {
  day: count('Days after the entry.'),
  atRisk: count('Members still followed and open just before this day.'),
  converted: count('Converted on this day.'),
  lost: count('Lost on this day: abandoned or not admissible.'),
  censored: count('Pending, and followed only up to this day.'),
  survival: share('Kaplan–Meier estimate of "not yet converted"; losses count as censored.'),
  survivalLow: orNull('Lower end of its 95 % interval: Greenwood variance, log-log scale. Null at 0.'),
  survivalHigh: orNull('Upper end of the interval; 1 while nobody has converted.'),
  cifConverted: share('Aalen–Johansen cumulative incidence of converting, with loss as competing event.'),
  seConverted: { type: 'number', minimum: 0, description: 'Its standard error (delta method).' },
  cifLost: share('Aalen–Johansen cumulative incidence of being lost.'),
  seLost: { type: 'number', minimum: 0, description: 'Its standard error (delta method).' },
};

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
    "The groups of a cohort side by side, with three tests of the hypothesis that they are alike: the log-rank test (Mantel; Peto and Peto) of the hazards of converting, and Gray's test (1988, ρ = 0) of the cumulative incidences of converting and of being lost. The verdict is that of Gray's test of converting at α = 0.05; with fewer than ten conversions in a group it is `too_few_to_say`: `tooFew` names these groups, and the tests are not to be used, whatever they print. With fewer than two groups there is `nothing_to_compare`. `groupBy` is needed. At most 40 groups can be compared.",
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

const CELL: Properties = {
  age: count(
    'Months after the month of entry; with `net=true` only those in which `toStage` was open on any day.',
  ),
  converted: count('Reached `toStage` by the end of this age.'),
  lost: count('Were lost by then.'),
  pending: count('Neither by then.'),
  recorded: {
    type: 'boolean',
    description: 'Whether it can be taken that nearly all that happened by then is on record.',
  },
};

export const TRIANGLE: FigureDeclaration = {
  name: 'hysteresis-triangle',
  summary: 'The run-off triangle: cohorts by month, and what had become of them month after month',
  description:
    'A row for each month of entry (and group), a cell for each age in calendar months: how many of the cohort had converted or been lost by the end of that age, as known at the cut-offs. A cell whose age was not over, to its last millisecond, by the observation end is not `complete`: it may still grow and must not be read as a low value. Nor must a cell that is not `recorded`: the last day of its age lies so near to `knownAt` (or now) that facts of it may still be on their way, going by the recording delays of the types it counts, as in `/v1/recording-delay`. The totals sum, at each age, only the cohorts that are complete there, and say which; they are `recorded` when all of these are. With `net=true` a month in which `toStage` was closed on every day belongs to the age before it. Method: a cumulative run-off (development) triangle as of insurers (Mack 1994), of people instead of claims; nothing in it is estimated. The cells of all rows count towards the limit of 100,000.',
  month: 'always',
  groupKeys: GROUP_KEYS,
  item: {
    size: count('Members: entries of `fromStage` in the month.'),
    cells: {
      type: 'array',
      items: objectOf({ ...CELL, complete: { type: 'boolean', description: 'Whether this age was over.' } }),
    },
  },
  totals: {
    size: count('Members of all cohorts.'),
    cells: {
      type: 'array',
      items: objectOf({
        ...CELL,
        cohorts: count('Months of entry that are complete at this age.'),
        size: count('Their members: what the counts of this cell are out of.'),
      }),
    },
  },
};

export const HYSTERESIS: FigureDeclaration = {
  name: 'hysteresis',
  summary: 'Late or lost: the delay between two stages',
  description:
    'Follows the people who entered `fromStage` in the window to `toStage`. The naive loss, everyone who has not gone on, is split into true loss (gave up, refused) and hysteresis (pending: may still come). Delays are whole calendar days; with `net=true` only the days on which `toStage` was not suspended. Pending members are followed to the observation end: the earliest of `until`, `knownAt` and today. Methods: quantiles by linear interpolation (R type 7); Kaplan–Meier curve with Greenwood variance and 95 % log-log interval (Kalbfleisch and Prentice 1980); Aalen–Johansen cumulative incidences (1978) with standard errors by the delta method (Marubini and Valsecchi 1995); medians where the incidence of converting reaches, or the Kaplan–Meier curve falls to, one half; restricted mean as area under the Kaplan–Meier curve. docs/measures.md has the formulas. Without a period ratio (`venue`, `mode`, `sa` where the stages do not share them) a row stands for every group with an entry of `fromStage`, with it also for one with entries of `toStage` alone. With `curve=true` the points of all curves count as rows towards the limit of 100,000.',
  month: 'asked',
  groupKeys: GROUP_KEYS,
  onRequest: ['curve'],
  item: {
    size: count('Members: entries of `fromStage` in the window.'),
    ...OUTCOME_COUNTS,
    naiveLossPct: orNull(
      '100 · (size − converted) / size: what the annual report calls abandonment or hysteresis.',
    ),
    trueLossPct: orNull('100 · (abandoned + notAdmissible) / size.'),
    hysteresisPct: orNull('100 · pending / size.'),
    delays: orNullObject(
      DELAYS,
      'Days from entry to conversion, of those who converted (quantiles: R type 7); null when nobody did.',
    ),
    medianDays: orNull(
      'First day on which half of the cohort had converted, by the Aalen–Johansen incidence; null when it never got there.',
    ),
    medianDaysIfNoLoss: orNull(
      'The same if nobody were ever lost, by the Kaplan–Meier estimate: how long it takes those who stay.',
    ),
    restrictedMeanDays: orNull(
      'Mean days until conversion if nobody were lost, counted no further than the horizon: area under the Kaplan–Meier curve.',
    ),
    restrictedMeanError: orNull('Its standard error (Greenwood).'),
    restrictedMeanHorizon: orNull(
      'The horizon in days: 365, or the last day followed where that is earlier.',
    ),
    periodRatio: orNullObject(
      {
        numerator: count('Entries of `toStage` in the window.'),
        denominator: count('Entries of `fromStage` in the window.'),
        pct: orNull('100 · numerator / denominator; no conversion rate.'),
      },
      'What the annual report divides, whoever the people are; null where the two stages do not share a key that is asked for.',
    ),
    curve: {
      type: 'array',
      description: 'With `curve=true`: a point for each day on which something happened to the cohort.',
      items: objectOf(CURVE_POINT),
    },
  },
};
