import { fullType, STAGE_ORDER, STAGES } from '#events';
import { CAUSE_CLASSES, CONTACT_TOPICS, GROUP_KEYS, QUALITY_KINDS, QUESTIONS } from '#measures';
import {
  count,
  countsOf,
  type FigureDeclaration,
  objectOf,
  orNull,
  type Properties,
} from './figure-declaration.js';

const STAGE_COUNTS: Properties = {
  registered: count('Entries of people who registered in the Area Web.'),
  booked: count('Entries of people who booked a pre-reception meeting.'),
  bookingCancelled: count('Entries of people who cancelled a booking.'),
  attended: count('Entries of people who took part in a pre-reception meeting.'),
  absent: count('Entries of people who did not show up.'),
  saChosen: count('Entries of people who chose their SA.'),
  receptionHeld: count('Entries of people who had the individual reception.'),
  pdsSigned: count('Entries of people who signed the PdS.'),
  notAdmissible: count('Entries of people who were found not admissible.'),
  abandoned: count('Entries of people who gave up.'),
};

const FUNNEL_ITEM: Properties = {
  ...STAGE_COUNTS,
  returning: countsOf(
    STAGES,
    'How many of the entries of each stage are of journeys that were there in a programme cycle before.',
  ),
};

export const MONTHLY: FigureDeclaration = {
  name: 'funnel-monthly',
  summary: 'The funnel by month',
  description:
    'How many people entered each stage in each month. Within a programme cycle a journey counts once for a stage, by its first fact there. No month of the window is left out. Grouped by `territory`, `venue`, `mode` or `sa` alone, each code of the catalogue has a row a month, also of zeros; grouped otherwise, each combination that has entries.',
  month: 'always',
  groupKeys: GROUP_KEYS,
  item: FUNNEL_ITEM,
};

export const REPLAY: FigureDeclaration = {
  ...MONTHLY,
  name: 'audit-replay',
  summary: 'The monthly funnel, computed anew from the log',
  description:
    'The rows of the monthly funnel, computed from the log of facts alone by the plain definitions, without the read models. Without `asOf` they are compared with the figures that are served at the same position; every cell that differs is listed. It reads the whole log: replays run one after the other, and 429 tells to come back when too many wait. As CSV the rows come without the comparison.',
};

export const DIFF: FigureDeclaration = {
  ...MONTHLY,
  name: 'audit-diff',
  summary: 'What changed between two recorded dates, and why',
  description:
    'The cells of the monthly funnel that differ between what was known at `knownAt` and what was known at `and`, with every journey that entered or left the cell in between. The class says why: the fact of the entry became visible and is `new` (it occurred after `knownAt`), `late`, or a `correction` (a fact of the same journey and type was taken back in between); it ceased to be visible by a `retraction`, or a `correction` where such a fact became visible; or the entry `moved`, because another fact of the journey came or went. `after` − `before` is what entered minus what left. `returning` is not compared. In CSV the causes are JSON in their cell.',
  item: {
    stage: { type: 'string', enum: [...STAGES] },
    before: count('Entries known at `knownAt`.'),
    after: count('Entries known at `and`.'),
    causes: {
      type: 'array',
      items: objectOf({
        class: { type: 'string', enum: [...CAUSE_CLASSES] },
        direction: { type: 'string', enum: ['entered', 'left'] },
        facts: {
          type: 'array',
          description: 'The fact of the entry, then those that changed it, retractions among them.',
          items: objectOf({
            source: { type: 'string' },
            id: { type: 'string' },
            subject: { type: 'string' },
            type: { type: 'string' },
          }),
        },
      }),
    },
  },
  totals: {
    cells: count('Cells that differ.'),
    entered: count('Journeys that entered one of them.'),
    left: count('Journeys that left one of them.'),
  },
};

export const CUMULATIVE: FigureDeclaration = {
  ...MONTHLY,
  name: 'funnel-cumulative',
  summary: 'The funnel as running totals',
  description:
    'The rows of the monthly funnel, each added to all before it in the window: how many people entered each stage from `from` to the end of the month.',
};

export const PERIOD_RATIO: FigureDeclaration = {
  name: 'funnel-period-ratio',
  summary: 'Entries of one stage over those of another in the same period',
  description:
    'Divides what entered `toStage` in the window by what entered `fromStage` in it, be it other people, as the annual report does in its Tables 8, 9 and 11. It is no conversion rate: some who enter the later stage entered the earlier one before the window. Groups and filters look at the entries of either side by themselves. `venue` and `mode` are possible from booked to attended, `sa` from saChosen to pdsSigned; with other stages they are refused.',
  month: 'asked',
  groupKeys: GROUP_KEYS,
  item: {
    numerator: count('Entries of `toStage`.'),
    denominator: count('Entries of `fromStage`.'),
    pct: orNull('100 · numerator / denominator, half up to two decimals; null over nothing.'),
  },
};

export const ABSENCE: FigureDeclaration = {
  name: 'absence',
  summary: 'Who did not take part, and who did not show up',
  description:
    'Two shares of different things. Non-participation is about people: of those who registered in the window, and those carried over from before who attended in it, how many did not attend in it. No-show is about facts: of all attendances and absences in the window, how many are absences. By the territory of the first registration.',
  groupKeys: ['territory'],
  item: {
    registered: count('Journeys with a registration in the window.'),
    carriedOver: count('Other journeys, registered before the window, that attended in it.'),
    notParticipating: count('Those of both that did not attend in the window.'),
    nonParticipationPct: orNull('100 · notParticipating / (registered + carriedOver), two decimals.'),
    absences: count('Facts of absence in the window.'),
    attendances: count('Facts of attendance in the window.'),
    noShowPct: orNull('100 · absences / (absences + attendances), two decimals.'),
  },
};

export const STOCK: FigureDeclaration = {
  name: 'stock',
  summary: 'How many journeys are in which status',
  description:
    'The state of things at the cut-offs: each journey in the status that its last visible fact gave it, by the territory and profile of its first registration. It has no window.',
  groupKeys: ['territory', 'gender', 'education', 'employment'],
  item: {
    status: { type: 'string', enum: [...STAGES], description: 'The stage of the last visible fact.' },
    journeys: count('Journeys in this status.'),
  },
  totals: { journeys: count('All journeys.') },
};

export const MEETINGS: FigureDeclaration = {
  name: 'meetings-monthly',
  summary: 'Pre-reception meetings by month',
  description:
    'How many meetings took place in each month. One that was stated again stays where its first visible fact puts it.',
  month: 'always',
  groupKeys: ['territory', 'venue', 'mode'],
  item: { meetings: count('Meetings held.') },
};

export const CONTACTS: FigureDeclaration = {
  name: 'contacts-monthly',
  summary: 'Contacts of the help desk by month',
  description:
    'How many contacts the help desk handled by phone and by chatbot, how long they took, and about what.',
  month: 'always',
  groupKeys: [],
  item: {
    phone: count('Contacts by phone.'),
    chatbot: count('Contacts by chatbot.'),
    meanDurationSeconds: objectOf({
      phone: orNull('Mean seconds of the phone contacts that have a duration.'),
      chatbot: orNull('Mean seconds of the chatbot contacts that have a duration.'),
    }),
    topics: countsOf(CONTACT_TOPICS, 'Contacts by topic; a contact need not name one.'),
  },
};

export const WEB_TRAFFIC: FigureDeclaration = {
  name: 'web-traffic-monthly',
  summary: 'Visits of the web site by month',
  description:
    'Sums of the daily web statistics, by the month of the day that they are about. A source may state a day again: what it recorded last holds.',
  month: 'always',
  groupKeys: [],
  item: {
    uniquePageViews: count('Unique page views.'),
    visits: orNull('Visits, as far as known; null where never stated.'),
    homeEntrances: orNull('Entrances by the home page, as far as known; null where never stated.'),
  },
};

export const QUESTIONNAIRE: FigureDeclaration = {
  name: 'questionnaire',
  summary: 'The quality questionnaire',
  description:
    'How many questionnaires were sent and how many filled in, each counted once for a journey and programme cycle, and the answers given. By the SA that it is about, and its territory.',
  groupKeys: ['territory', 'sa'],
  item: {
    sent: count('Questionnaires sent.'),
    completed: count('Questionnaires filled in.'),
    tutor: countsOf(QUESTIONS.tutor, 'Satisfaction with the tutor.'),
    methods: countsOf(QUESTIONS.methods, 'Satisfaction with the methods.'),
    organisation: countsOf(QUESTIONS.organisation, 'Satisfaction with the organisation.'),
    howHeard: countsOf(QUESTIONS.howHeard, 'How they came to know of the programme.'),
    wouldRecommend: countsOf(['yes', 'no'], 'Whether they would recommend it.'),
  },
};

const DELAYS: Properties = {
  count: count('Visible facts.'),
  median: orNull('Median days from `time` to `recordedtime`; null of no facts.'),
  p90: orNull('Days within which 90 % were recorded.'),
  max: orNull('Days that the slowest took.'),
};

export const RECORDING_DELAY: FigureDeclaration = {
  name: 'recording-delay',
  summary: 'How long after they occurred facts were recorded',
  description:
    'The delay from when a fact occurred to when its source recorded it, in days of 86,400 seconds that are not rounded, by type and month of occurrence. Retractions are left out. Quantiles interpolate linearly between order statistics (R type 7). `territory` and `sa` are those of the fact itself (venue, SA), for cancellations, abandonments and refusals the territory of the first registration; contacts and web traffic have `none`. A row is `complete` when its last day lies so far before `knownAt` (or now) that 99 % of the facts of its type should be on record, as far as the delays seen until then tell: estimated from all visible facts of the type, whatever the window, the groups and the filters, by the product-limit estimator in reverse time (Kalbfleisch and Lawless 1989), which corrects for the slow facts that cannot be known yet (right truncation). Until then its count may well grow, and its delays are too short. Where facts come to be recorded more slowly than ever before, a complete row grows too: docs/measures.md has an example.',
  month: 'always',
  groupKeys: ['territory', 'sa'],
  item: {
    type: {
      type: 'string',
      enum: STAGE_ORDER.filter((name) => name !== 'retracted').map(fullType),
      description: 'Full type name.',
    },
    ...DELAYS,
    complete: { type: 'boolean', description: 'False while facts of the month may well still be recorded.' },
  },
  totals: DELAYS,
};

export const QUALITY: FigureDeclaration = {
  name: 'quality-findings',
  summary: 'Findings about the quality of the data',
  description:
    'Facts that are counted all the same and that somebody should look at, by the month in which the fact occurred and the kind of finding. Facts of meetings, contacts and web traffic are looked at for `recorded_late` and `past_rewritten`, those of meetings for `id_under_two_subjects`; `withoutJourney` says how many of a count they are. Every item says what its kind means; `kinds` lists them all.',
  month: 'always',
  groupKeys: [],
  item: {
    kind: { type: 'string', enum: [...QUALITY_KINDS] },
    count: { ...count('Facts found.'), minimum: 1 },
    withoutJourney: count(
      'How many of them are facts of meetings, contacts or web traffic: behind no journey.',
    ),
    description: { type: 'string', description: 'What the kind means.' },
  },
  totals: { count: count('All findings.'), kinds: countsOf(QUALITY_KINDS, 'Findings of each kind.') },
};
