import 'reflect-metadata';
import fc from 'fast-check';
import { isoDay, parseDay, romeDay, startOfDay } from '#calendar';
import { parseCatalogue } from '#catalogue';
import { type FactName, fullType, type JsonObject } from '#events';
import {
  absence,
  contactsByMonth,
  meetingsByMonth,
  inWindow,
  type MeasuredFact,
  questionnaires,
  type Selection,
  stock,
  visibleFacts,
  webTrafficByMonth,
} from '#measures';
import { type ModelRow } from '#read-models';
import { absenceFigure } from './absence.figure.js';
import { contactsFigure } from './contacts.figure.js';
import { readFactInFull } from './fact-cells.js';
import { contactTable, meetingTable, webTrafficTable } from './figure-models.js';
import { JourneyColumns } from './journey-columns.js';
import { meetingPlacesFigure, meetingsFigure } from './meetings.figure.js';
import { questionnaireAnswersFigure, questionnaireFigure } from './questionnaire.figure.js';
import { stockFigure } from './stock.figure.js';
import { webTrafficDailyFigure, webTrafficFigure } from './web-traffic.figure.js';

const catalogue = parseCatalogue({
  territories: [
    { code: 'TO', name: 'Torino' },
    { code: 'CN', name: 'Cuneo' },
  ],
  venues: [
    { code: 'V1', name: 'One', territory: 'TO', mode: 'in_person' },
    { code: 'V2', name: 'Two', territory: 'CN', mode: 'online' },
  ],
  sas: [
    { code: 'S1', name: 'First', territory: 'TO' },
    { code: 'S2', name: 'Second', territory: 'CN' },
  ],
  cycles: [
    { code: 'A', from: '2019-01-01', to: '2020-01-01' },
    { code: 'B', from: '2020-01-01' },
  ],
  suspensions: [],
});

const FIRST = parseDay('2019-11-01')!;
const LAST = parseDay('2020-03-01')!;
const day = fc.integer({ min: FIRST, max: LAST });
// Few instants, so that facts and cut-offs often fall together.
const instant = fc
  .tuple(fc.nat(12), fc.constantFrom(0, 23))
  .map(([n, hour]) => startOfDay(FIRST + 10 * n) + hour * 3_600_000);
const venue = fc.record({ venue: fc.constantFrom('V1', 'V2') });
const sa = fc.record({ sa: fc.constantFrom('S1', 'S2') });
const SATISFACTION = ['fully_satisfied', 'satisfied', 'unsatisfied'];

const profile = fc.record(
  {
    gender: fc.constantFrom('F', 'M', 'X'),
    birthYear: fc.constantFrom(1970, 1990),
    education: fc.constantFrom('none', 'master'),
    employment: fc.constantFrom('student', 'other'),
  },
  { requiredKeys: [] },
);
const answers = fc.record({
  sa: fc.constantFrom('S1', 'S2'),
  tutor: fc.constantFrom(...SATISFACTION),
  methods: fc.constantFrom(...SATISFACTION),
  organisation: fc.constantFrom(...SATISFACTION),
  howHeard: fc.constantFrom('internet', 'other'),
  wouldRecommend: fc.boolean(),
});

type Payloads = Partial<Record<FactName, fc.Arbitrary<JsonObject>>>;
const OF_JOURNEYS: Payloads = {
  registered: fc.record({ territory: fc.constantFrom('TO', 'CN'), profile }, { requiredKeys: ['territory'] }),
  booked: venue,
  attended: venue,
  absent: venue,
  'sa-chosen': sa,
  abandoned: fc.constant({}),
  'questionnaire-sent': sa,
  'questionnaire-completed': answers,
};
const OF_MEETINGS: Payloads = { 'meeting-held': venue };
const OF_CONTACTS: Payloads = {
  'contact-handled': fc.record(
    {
      channel: fc.constantFrom('phone', 'chatbot'),
      durationSeconds: fc.nat(500),
      topic: fc.constantFrom('booking', 'other'),
    },
    { requiredKeys: ['channel'] },
  ),
};
const OF_WEB: Payloads = {
  'web-traffic': fc.record(
    {
      date: fc.constantFrom(FIRST, FIRST + 40, LAST).map(isoDay),
      uniquePageViews: fc.nat(90),
      visits: fc.nat(90),
      homeEntrances: fc.nat(90),
    },
    { requiredKeys: ['date', 'uniquePageViews'] },
  ),
};

const SUBJECTS = ['j1', 'j2', 'j3'];

interface Drawn {
  name: FactName;
  data: JsonObject;
  time: number;
  recorded: number;
  subject: string;
  source: string;
  /** A number that picks an earlier fact: this one is then a retraction of it. */
  retracts: number | undefined;
}

const drawn = (payloads: Payloads): fc.Arbitrary<Drawn> =>
  fc.constantFrom(...(Object.keys(payloads) as FactName[])).chain((name) =>
    fc.record({
      name: fc.constant(name),
      data: payloads[name]!,
      time: instant,
      recorded: instant,
      subject: fc.constantFrom(...SUBJECTS),
      source: fc.constantFrom('/a', '/b'),
      retracts: fc.option(fc.nat(), { nil: undefined, freq: 3 }),
    }),
  );

/** Rows as the projections write them, one a fact. */
function rowsOf(facts: readonly Drawn[], hasSubject: boolean): ModelRow[] {
  const rows: ModelRow[] = [];
  const plain: ModelRow[] = [];
  facts.forEach((fact, index) => {
    const position = 10 * (index + 1);
    const target = fact.retracts === undefined ? undefined : plain[fact.retracts % Math.max(1, plain.length)];
    const group = target?.group ?? (hasSubject ? fact.subject : `${fact.name}-${isoDay(romeDay(fact.time))}`);
    const name = target ? 'retracted' : fact.name;
    const subject = hasSubject ? group : null;
    const data = target ? retraction(target) : fact.data;
    const id = `e${index}`;
    const { time, recorded, source } = fact;
    const cells = [name, fullType(name), time, recorded, recorded, source, id, subject];
    const row = {
      position,
      sequence: 0,
      group,
      cells: [...cells, target?.position ?? null, JSON.stringify(data), null],
    };
    rows.push(row);
    if (!target) plain.push(row);
  });
  return rows;
}

function retraction({ cells, group }: ModelRow): JsonObject {
  const [, type, time, , , source, id, subject] = cells;
  const what = { source: source!, id: id!, reason: 'duplicate', type: type! };
  return subject === null || group === null ? { ...what, day: isoDay(romeDay(time as number)) } : what;
}

type Key = Selection['groupBy'][number];

const selection = (keys: readonly Key[], values: Partial<Record<Key, string[]>>): fc.Arbitrary<Selection> =>
  fc.record(
    {
      from: day,
      to: day,
      until: instant,
      knownAt: instant,
      groupBy: fc.shuffledSubarray([...keys]),
      filters: fc.record(
        Object.fromEntries(
          keys.map((key) => [key, fc.subarray(values[key] ?? ['unknown'], { minLength: 1 })] as const),
        ),
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['groupBy', 'filters'] },
  );

const VALUES = {
  territory: ['TO', 'CN', 'unknown'],
  venue: ['V1', 'V2'],
  mode: ['in_person', 'online'],
  sa: ['S1', 'S2'],
  gender: ['F', 'unknown'],
  education: ['none', 'unknown'],
};

/** Asks after every page of facts; the columns must say what the plain definitions say of the facts so far. */
function check<C extends { append(rows: readonly ModelRow[]): void }>(options: {
  payloads: Payloads;
  hasSubject: boolean;
  selections: fc.Arbitrary<Selection>;
  columns: () => C;
  figure: (source: { columns: C; catalogue: typeof catalogue }, selection: Selection) => unknown;
  plain: (facts: MeasuredFact[], journeys: MeasuredFact[][], selection: Selection) => unknown;
}): void {
  fc.assert(
    fc.property(
      fc.array(drawn(options.payloads), { minLength: 1, maxLength: 40, size: 'max' }),
      fc.array(options.selections, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 20 }),
      (facts, selections, page) => {
        const rows = rowsOf(facts, options.hasSubject);
        const columns = options.columns();
        for (let start = 0; start < rows.length; start += page) {
          columns.append(rows.slice(start, start + page));
          const known = rows.slice(0, start + page).map(readFactInFull);
          const journeys = SUBJECTS.map((subject) => known.filter((fact) => fact.subject === subject));
          for (const asked of selections) {
            expect(options.figure({ columns, catalogue }, asked)).toEqual(
              options.plain(known, journeys, asked),
            );
          }
        }
      },
    ),
    { numRuns: 150 },
  );
}

describe('figures from columns say what the plain definitions say', () => {
  // A new layout after a few facts already, so that laid-out and new ones are both looked at.
  const journeys = { payloads: OF_JOURNEYS, hasSubject: true, columns: () => new JourneyColumns(4) };

  it('absence', () => {
    check({
      ...journeys,
      selections: selection(['territory'], VALUES),
      figure: absenceFigure,
      plain: (_, all, asked) => absence(all, asked, catalogue),
    });
  });

  it('stock', () => {
    check({
      ...journeys,
      selections: selection(['territory', 'gender', 'education', 'employment'], VALUES),
      figure: stockFigure,
      plain: (_, all, asked) => stock(all, asked, catalogue),
    });
  });

  it('questionnaires', () => {
    check({
      ...journeys,
      selections: selection(['territory', 'sa'], VALUES),
      figure: questionnaireFigure,
      plain: (_, all, asked) => questionnaires(all, asked, catalogue),
    });
  });

  it('meetings', () => {
    check({
      payloads: OF_MEETINGS,
      hasSubject: true,
      columns: meetingTable,
      selections: selection(['territory', 'venue', 'mode'], VALUES),
      figure: meetingsFigure,
      plain: (facts, _, asked) => meetingsByMonth(facts, asked, catalogue),
    });
  });

  it('places of meetings, over those that tell them', () => {
    check({
      payloads: { 'meeting-held': fc.record({ venue: fc.constantFrom('V1', 'V2'), capacity: fc.nat(9) }) },
      hasSubject: true,
      columns: meetingTable,
      selections: selection(['venue'], VALUES),
      figure: (source, asked) => meetingPlacesFigure(source, { ...asked, groupBy: [] }).totals,
      plain: (_, journeys, asked) => {
        const held = journeys.flatMap((group) => {
          const [first] = visibleFacts(group, asked);
          const day = first && romeDay(first.time);
          return first?.name === 'meeting-held' && inWindow(day!, asked)
            ? [{ ...first.data, day: day! }]
            : [];
        });
        const counted = held.filter((data) => asked.filters.venue?.includes(data.venue) ?? true);
        const days = counted.map(({ day }) => day).sort((a, b) => a - b);
        const told = counted.flatMap(({ capacity }) => capacity ?? []);
        const places = told.reduce((sum, one) => sum + one, 0);
        const firstDay = days[0] === undefined ? null : isoDay(days[0]);
        return { meetings: counted.length, meetingsWithPlaces: told.length, places, firstDay };
      },
    });
  });

  it('answers to the questionnaire, one by one', () => {
    check({
      ...journeys,
      selections: selection(['sa'], VALUES),
      figure: (source, asked) => {
        const { items } = questionnaireAnswersFigure(source, asked);
        const of = (sa: string, tutor: string) =>
          items.filter((item) => item['sa'] === sa && item['tutor'] === tutor).length;
        return ['S1', 'S2'].map((sa) => SATISFACTION.map((tutor) => of(sa, tutor)));
      },
      plain: (_, all, asked) => {
        const { items } = questionnaires(all, { ...asked, groupBy: ['sa'] }, catalogue);
        const none: Record<string, number> = {};
        const of = (sa: string) => items.find((item) => item.sa === sa)?.tutor ?? none;
        return ['S1', 'S2'].map((sa) => SATISFACTION.map((tutor) => of(sa)[tutor] ?? 0));
      },
    });
  });

  it('web traffic day by day, which adds up to that of the months', () => {
    check({
      payloads: OF_WEB,
      hasSubject: false,
      columns: webTrafficTable,
      selections: selection([], {}),
      figure: (source, asked) => {
        const { items, totals } = webTrafficDailyFigure(source, asked);
        const months = new Map<string, number>();
        for (const { date, uniquePageViews } of items as { date: string; uniquePageViews: number }[]) {
          months.set(date.slice(0, 7), (months.get(date.slice(0, 7)) ?? 0) + uniquePageViews);
        }
        return { months: [...months].filter(([, views]) => views > 0), totals };
      },
      plain: (facts, _, asked) => {
        const { items, totals } = webTrafficByMonth(facts, asked);
        const months = items.map(({ month, uniquePageViews }) => [month, uniquePageViews] as const);
        return { months: months.filter(([, views]) => views > 0), totals };
      },
    });
  });

  it('contacts', () => {
    check({
      payloads: OF_CONTACTS,
      hasSubject: false,
      columns: contactTable,
      selections: selection([], {}),
      figure: contactsFigure,
      plain: (facts, _, asked) => contactsByMonth(facts, asked),
    });
  });

  it('web traffic', () => {
    check({
      payloads: OF_WEB,
      hasSubject: false,
      columns: webTrafficTable,
      selections: selection([], {}),
      figure: webTrafficFigure,
      plain: (facts, _, asked) => webTrafficByMonth(facts, asked),
    });
  });
});
