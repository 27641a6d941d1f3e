import { FUNNEL_STAGES, STAGES } from '#events';
import { GROUP_KEYS, OUTCOMES } from '#measures';
import { objectOf, type Properties, type SchemaObject } from './figure-declaration.js';
import { PAGE, parameterProperties, SIGNATURE } from './figure-route.js';

const DIMENSIONS: Properties = Object.fromEntries(GROUP_KEYS.map((key) => [key, { type: 'string' }]));
const EVENTS: SchemaObject = {
  type: 'array',
  items: { type: 'object', description: 'A CloudEvent with its recorded and accepted time.' },
};
const REFERENCE: Properties = {
  source: { type: 'string' },
  id: { type: 'string' },
  type: { type: 'string' },
};
const DAYS_OR_NULL: SchemaObject = { type: ['integer', 'null'], minimum: 0 };
const FACT_OR_NULL: SchemaObject = {
  ...objectOf({ ...REFERENCE, time: { type: 'string', format: 'date-time' } }),
  type: ['object', 'null'],
};
const OUTCOME = objectOf({
  outcome: { type: 'string', enum: [...OUTCOMES] },
  days: { ...DAYS_OR_NULL, description: 'Days from the entry to the fact that decides; null while pending.' },
  netDays: { ...DAYS_OR_NULL, description: 'Of these, the days on which the later stage was not suspended.' },
  decidedBy: {
    ...FACT_OR_NULL,
    description:
      'The first fact of the later stage; of the lost the abandonment or refusal; null while pending.',
  },
  leftOpenBy: {
    ...FACT_OR_NULL,
    description:
      'While pending the last visible fact that gives the status: neither an abandonment nor a refusal. Null once decided.',
  },
  followedTo: {
    type: ['string', 'null'],
    format: 'date',
    description:
      'While pending the day (Europe/Rome) up to which the journey was followed: the earliest of `until`, `knownAt` and today. Null once decided.',
  },
});
const LATER_STAGES = FUNNEL_STAGES.slice(1);
const ENTRY = objectOf({
  stage: { type: 'string', enum: [...STAGES] },
  cycle: { type: 'string', description: 'Code of the programme cycle.' },
  day: { type: 'string', format: 'date', description: 'Calendar day (Europe/Rome).' },
  time: { type: 'string', format: 'date-time' },
  returning: { type: 'boolean', description: 'Whether an earlier cycle has an entry of the same stage.' },
  ...DIMENSIONS,
  outcomes: {
    ...objectOf(Object.fromEntries(LATER_STAGES.map((stage) => [stage, OUTCOME])), LATER_STAGES),
    description: 'Of an entry of a funnel stage: what became of it towards each later one.',
  },
});
const LISTED = objectOf(
  {
    id: { type: 'string' },
    status: {
      type: 'string',
      enum: [...STAGES],
      description: 'Stage of the last visible fact of the journey.',
    },
    day: {
      type: 'string',
      format: 'date',
      description: 'Of the entry; of the fact that gave the status where journeys in a status are asked for.',
    },
    ...DIMENSIONS,
    outcome: {
      type: 'string',
      enum: [...OUTCOMES],
      description: 'With `toStage`: what became of the entry.',
    },
    delayDays: {
      type: 'integer',
      minimum: 0,
      description: 'With `toStage`, of those who converted: days from the entry to it; open ones with `net`.',
    },
  },
  ['venue', 'mode', 'sa', 'outcome', 'delayDays'],
);
/** A page of journeys behind a figure. */
export const JOURNEY_LIST = objectOf({
  items: { type: 'array', items: LISTED },
  ...PAGE,
  ...SIGNATURE,
  ...parameterProperties({ groupKeys: GROUP_KEYS }),
  stage: { type: ['string', 'null'], enum: [...STAGES, null] },
  returning: { type: 'boolean' },
  toStage: { type: ['string', 'null'], enum: [...FUNNEL_STAGES, null] },
  outcome: { type: ['string', 'null'], enum: [...OUTCOMES, null] },
  minDelayDays: { type: ['integer', 'null'] },
  maxDelayDays: { type: ['integer', 'null'] },
  net: { type: 'boolean' },
  status: { type: ['string', 'null'], enum: [...STAGES, null] },
});
/** Everything that is visible of one journey. */
export const JOURNEY = objectOf({
  id: { type: 'string' },
  status: {
    type: ['string', 'null'],
    enum: [...STAGES, null],
    description: 'Stage of the last visible fact; null where no visible fact gives one.',
  },
  entries: { type: 'array', items: ENTRY },
  facts: { ...EVENTS, description: 'The visible facts in the order in which they happened.' },
  retractions: { ...EVENTS, description: 'What was taken back, as far as known.' },
  takenBack: {
    type: 'array',
    description:
      'The facts that were taken back, each with the retraction that did and since when it was known.',
    items: objectOf({
      fact: { type: 'object', description: 'The CloudEvent.' },
      retractedBy: objectOf(REFERENCE),
      knownSince: { type: 'string', format: 'date-time', description: 'Recorded time of the retraction.' },
    }),
  },
  ...SIGNATURE,
  until: { type: ['string', 'null'] },
  knownAt: { type: ['string', 'null'] },
});
