import { GROUP_KEYS } from '#measures';
import {
  count,
  type FigureDeclaration,
  objectOf,
  orNull,
  type Properties,
  type SchemaObject,
  share,
} from './figure-declaration.js';

const orNullObject = (properties: Properties, description: string): SchemaObject => ({
  ...objectOf(properties),
  type: ['object', 'null'],
  description,
});

const OUTCOME_COUNTS: Properties = {
  converted: count('Reached the later stage, in whatever programme cycle.'),
  abandoned: count('Did not, and the last status fact says that they gave up.'),
  notAdmissible: count('Did not, and the last status fact says that they were refused.'),
  pending: count('Neither: late, or not known to be lost.'),
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
