import { GROUP_KEYS } from '#measures';
import {
  count,
  type FigureDeclaration,
  objectOf,
  orNull,
  type Properties,
  type SchemaObject,
} from './figure-declaration.js';

const REASONS = ['too_few_conversions', 'too_few_losses', 'no_mature_cohort', 'beyond_horizon'];

/** A count that is forecast, with its limits. */
function forecast(description: string): SchemaObject {
  const limit = (words: string): SchemaObject => ({
    type: ['integer', 'null'],
    minimum: 0,
    description: words,
  });
  return {
    ...objectOf({
      expected: orNull('The mean of the forecast; null where there is a reason not to give one.'),
      low80: limit('With 80 % it is not below.'),
      high80: limit('With 80 % it is not above.'),
      low95: limit('With 95 % it is not below.'),
      high95: limit('With 95 % it is not above.'),
      reason: {
        type: ['string', 'null'],
        enum: [...REASONS, null],
        description:
          'Why there is no number. `too_few_conversions`, `too_few_losses`: fewer than 20 are on record, or of fewer than four months of entry. `no_mature_cohort`: even the oldest cohorts, or those of them who are still followed, convert too much to tell where that ends. `beyond_horizon`: no cohort was watched for longer than these have waited.',
      },
    }),
    description,
  };
}

const FORECASTS: Properties = {
  alreadyConverted: forecast(
    'Of the pending: those who have reached `toStage` by the observation end, off the record.',
  ),
  alreadyLost: forecast('Of the pending: those who have been lost by the observation end, off the record.'),
  eventuallyConverted: forecast(
    'Of the pending within the horizon: those who will have reached `toStage` in the end, the already converted among them.',
  ),
};

const BEYOND = count(
  'Of the pending: those who have waited for longer than the horizon. Nothing is forecast of their end.',
);

const METHOD =
  'Method: of the cohorts so far the incidences of conversion and of loss by days since the entry (cause-specific hazards, which give the Aalen–Johansen incidences; what happened lately and is not on record yet is imputed by an EM algorithm) and the recording delays (product-limit estimator in reverse time, because lately only quick records are known: Kalbfleisch and Lawless 1989, Lawless 1994) give each pending member the chances to have converted or been lost off the record, and to convert in the end, by the time it has waited. Limits: quantiles of a beta-binomial whose variance has the chance among independent people, the spread between months of entry and between times beyond it (method of moments), and the error of the estimates (jackknife over months of entry); the upper ones leave room for half an event more than was seen (the Jeffreys prior of a rate), so that where nobody of those watched went on, about three in as many may. With `net=true` the clock to conversion stands still while `toStage` is suspended; that of losses never does. Everything rests on facts recorded by `knownAt`, of all who entered `fromStage` and pass the filters, whatever the window. It assumes that people go on, and facts are recorded, as they were until then: the backtest shows how far that held. docs/nowcast.md has the formulas.';

export const NOWCAST: FigureDeclaration = {
  name: 'hysteresis-nowcast',
  summary: 'What happened to the pending without being recorded yet, and what will',
  description: `Of the people who entered \`fromStage\` in the window and are pending at the cut-offs, by month of entry: how many have in fact reached \`toStage\` or been lost without its being recorded yet, and how many will have reached it in the end; with 80 % and 95 % limits. CSV has the rows alone: totals, \`basis\` and \`warnings\` stand in JSON. ${METHOD}`,
  month: 'always',
  groupKeys: GROUP_KEYS,
  item: {
    size: count('Entries of `fromStage`.'),
    converted: count('On record as having reached `toStage`.'),
    lost: count('On record as abandoned or not admissible.'),
    pending: count('Neither is on record.'),
    beyondHorizon: BEYOND,
    ...FORECASTS,
  },
};

const COMPARISON: Properties = {
  compared: count('Forecasts that left something open and beside which the outcome is known.'),
  within80: count('Of these: the outcome lay within the 80 % limits.'),
  within95: count('Of these: the outcome lay within the 95 % limits.'),
  coverage80: orNull('within80 / compared.'),
  coverage95: orNull('within95 / compared.'),
};

export const NOWCAST_BACKTEST: FigureDeclaration = {
  name: 'hysteresis-nowcast-backtest',
  summary: 'The nowcast as it would have been made at each past month end, beside what became of it',
  description: `Repeats the nowcast with \`knownAt\` and \`until\` at the end of every past month, from what was recorded by then alone, and puts beside it what is recorded at the cut-offs asked for. Months before the first entry are left out, and so are those after which no entry, conversion or loss of a member was recorded any more, and those before the last 120. A forecast counts towards the coverage only when its outcome can be on record (\`settledConverted\`, \`settledLost\`, \`settled\`), and not when it left nothing open. A backtest is worked out aside, one after another. CSV has the rows alone: the coverage (\`totals\`) and \`warnings\` stand in JSON. ${METHOD}`,
  groupKeys: GROUP_KEYS,
  item: {
    knownAt: { type: 'string', format: 'date', description: 'The day of the forecast.' },
    pending: count('On record as pending on that day.'),
    beyondHorizon: BEYOND,
    alreadyConverted: FORECASTS['alreadyConverted']!,
    recordedConverted: count('Of those pending: had reached `toStage` by that day, as is recorded now.'),
    alreadyLost: FORECASTS['alreadyLost']!,
    recordedLost: count('Of those pending: had been lost by that day, as is recorded now.'),
    eventuallyConverted: FORECASTS['eventuallyConverted']!,
    recordedEventually: count(
      'Of those pending within the horizon: have reached `toStage` whenever, as is recorded now.',
    ),
    settledConverted: {
      type: 'boolean',
      description: 'Since that day as much time has gone by as 99 % of the conversions take to be recorded.',
    },
    settledLost: {
      type: 'boolean',
      description: 'Since that day as much time has gone by as 99 % of the losses take to be recorded.',
    },
    settled: {
      type: 'boolean',
      description: 'Since that day as much time has gone by as the forecast of the end looked ahead.',
    },
  },
  totals: {
    months: count('Month ends.'),
    ...COMPARISON,
    alreadyConverted: objectOf(COMPARISON),
    alreadyLost: objectOf(COMPARISON),
    eventuallyConverted: objectOf(COMPARISON),
  },
};

const SPREAD = objectOf({
  betweenCohorts: { type: 'number', minimum: 0 },
  betweenPeriods: { type: 'number', minimum: 0 },
});

/** What a nowcast says of what it rests on. */
export const BASIS: SchemaObject = {
  ...objectOf({
    members: count('Entries of `fromStage` that pass the filters.'),
    converted: count('Of these: converted, as is on record.'),
    lost: count('Of these: lost, as is on record.'),
    cohorts: count('Months of entry that they come from.'),
    horizonDays: {
      type: ['integer', 'null'],
      description:
        '"In the end" means within so many days of the entry (with `net=true` open ones): as long as enough people have been watched. Null where the end is not forecast.',
    },
    dispersion: {
      ...objectOf({ converted: SPREAD, lost: SPREAD }),
      type: ['object', 'null'],
      description:
        'How far months of entry and times differ beyond chance: squared coefficients of variation. Null without a forecast.',
    },
  }),
  description: 'What the forecasts rest on.',
};

/** What to bear in mind with a nowcast. */
export const WARNINGS: SchemaObject = {
  type: 'array',
  items: { type: 'string', enum: ['suspension_not_excluded', 'groups_share_hazards'] },
  description:
    '`suspension_not_excluded`: since the first entry `toStage` was suspended, and without `net=true` the closure is taken for people who do not come. `groups_share_hazards`: the hazards and recording delays are those of all groups together, so that groups differ by how long their pending have waited alone; to forecast one from its own past, filter by it.',
};
