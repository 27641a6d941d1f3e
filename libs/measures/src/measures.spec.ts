import { parseDay, parseInstant } from '#calendar';
import { loadCatalogue } from '#catalogue';
import { type FactName } from '#events';
import {
  absence,
  contactsByMonth,
  entriesOf,
  FunnelCounter,
  funnelRows,
  type MeasuredFact,
  meetingsByMonth,
  percentage,
  periodRatio,
  questionnaires,
  type Selection,
  statusOf,
  stock,
  visibleFacts,
  webTrafficByMonth,
} from './index.js';

const catalogue = loadCatalogue();
const ALL: Selection = { groupBy: [], filters: {} };
const day = (text: string) => parseDay(text)!;
const at = (text: string) => parseInstant(text)!;

let position = 0;

/** A fact of the journey j-1 unless told otherwise, recorded when it happened unless told otherwise. */
function fact(name: FactName, time: string, data: object, more: Partial<MeasuredFact> = {}): MeasuredFact {
  position++;
  const instant = at(time.includes('T') ? time : `${time}T10:00:00+01:00`);
  return {
    name,
    type: `it.mip.${name}.v1`,
    source: 'https://area-web.example',
    id: `e${position}`,
    subject: 'j-1',
    time: instant,
    recorded: instant,
    position,
    data,
    ...more,
  } as MeasuredFact;
}

const retraction = (of: MeasuredFact, time: string, more: Partial<MeasuredFact> = {}) =>
  fact('retracted', time, { source: of.source, id: of.id, reason: 'recorded_in_error' }, more);

describe('visible facts', () => {
  const attended = fact('attended', '2020-05-04', { venue: 'CPI-RIVOLI' });
  const takenBack = retraction(attended, '2020-06-01');

  it('are gone from the instant on at which a retraction of them was recorded', () => {
    const seen = (knownAt: number) => visibleFacts([takenBack, attended], { knownAt });
    expect(seen(attended.recorded - 1)).toEqual([]);
    expect(seen(attended.recorded)).toEqual([attended]);
    expect(seen(takenBack.recorded - 1)).toEqual([attended]);
    expect(seen(takenBack.recorded)).toEqual([]);
  });

  it('are gone whenever the retraction says that it happened', () => {
    expect(visibleFacts([takenBack, attended], { until: attended.time })).toEqual([]);
  });

  it('are ordered by time, stage, recorded time and place in the log', () => {
    const time = '2020-05-04T08:00:00Z';
    const place = { venue: 'CPI-RIVOLI' };
    const first = fact('attended', time, place, { recorded: 5, position: 9 });
    const second = fact('attended', time, place, { recorded: 6, position: 7 });
    const third = fact('attended', time, place, { recorded: 6, position: 8 });
    const later = fact('absent', time, place, { recorded: 1 });
    const latest = fact('registered', '2020-05-04T08:00:00.001Z', { territory: 'TO' }, { recorded: 1 });
    expect(visibleFacts([latest, third, later, second, first], {})).toEqual([
      first,
      second,
      third,
      later,
      latest,
    ]);
  });

  it('of other subjects keep the same source and id', () => {
    const data = { channel: 'phone' };
    const one = fact('contact-handled', '2020-05-04', data, { id: 'c', subject: undefined });
    const other = fact('contact-handled', '2020-05-05', data, { id: 'c', subject: undefined });
    const gone = fact(
      'retracted',
      '2020-05-06',
      {
        source: one.source,
        id: 'c',
        reason: 'duplicate',
        type: 'it.mip.contact-handled.v1',
        day: '2020-05-04',
      },
      { subject: undefined },
    );
    const { items } = contactsByMonth([one, other, gone], { from: day('2020-05-05'), to: day('2020-05-05') });
    expect(items).toMatchObject([{ month: '2020-05', phone: 1 }]);
    expect(contactsByMonth([one, other, gone], {}).totals.phone).toBe(1);
  });
});

describe('entries', () => {
  const registered = fact('registered', '2019-11-05', { territory: 'CN', profile: { gender: 'F' } });
  const first = fact('sa-chosen', '2019-12-01', { sa: 'IZI-TORINO' });
  const again = fact('sa-chosen', '2020-09-20', { sa: 'CODEX-CUNEO' });
  const third = fact('sa-chosen', '2020-10-20', { sa: 'IZI-TORINO' });
  const gone = fact('abandoned', '2020-11-01', {});

  it('are one for a stage and cycle, and return in a later cycle', () => {
    const entries = entriesOf([third, gone, again, first, registered], {}, catalogue);
    expect(entries.map(({ stage, cycle, returning }) => [stage, cycle, returning])).toEqual([
      ['registered', '2017-2019', false],
      ['saChosen', '2017-2019', false],
      ['saChosen', '2020-2022', true],
      ['abandoned', '2020-2022', false],
    ]);
    expect(entries[2]!.fact).toBe(again);
    expect(entries[2]!.dimensions).toEqual({
      territory: 'CN',
      venue: 'none',
      mode: 'none',
      sa: 'CODEX-CUNEO',
      gender: 'F',
      education: 'unknown',
      employment: 'unknown',
    });
    expect(entries[1]!.dimensions.territory).toBe('TO');
    expect(entries[3]!.dimensions).toMatchObject({ territory: 'CN', sa: 'none' });
  });

  it('are new again when the earlier one was taken back', () => {
    const entries = entriesOf([first, again, retraction(first, '2020-10-01')], {}, catalogue);
    expect(entries).toMatchObject([{ cycle: '2020-2022', returning: false }]);
  });

  it('know of a person what was registered, also after until', () => {
    const late = fact('registered', '2021-01-01', { territory: 'CN', profile: { education: 'none' } });
    const left = fact('abandoned', '2020-06-01', {});
    const dimensions = (cut: object) => entriesOf([late, left], cut, catalogue)[0]!.dimensions;
    expect(dimensions({ until: at('2020-12-31T00:00:00Z') })).toMatchObject({
      territory: 'CN',
      education: 'none',
    });
    expect(dimensions({ knownAt: at('2020-12-31T00:00:00Z') })).toMatchObject({
      territory: 'unknown',
      education: 'unknown',
    });
  });

  it('are counted where the Rome day of their time falls', () => {
    const counter = new FunnelCounter(ALL);
    counter.add(entriesOf([fact('registered', '2020-03-31T22:00:00Z', { territory: 'TO' })], {}, catalogue));
    expect(funnelRows(ALL, catalogue, counter, 'monthly').items).toMatchObject([
      { month: '2020-04', registered: 1, attended: 0, returning: { registered: 0 } },
    ]);
  });
});

describe('percentages', () => {
  it.each([
    [89, 160, 55.63],
    [1, 3, 33.33],
    [2, 3, 66.67],
    [1, 800, 0.13],
    [201, 40_000, 0.5],
    [0, 5, 0],
    [7, 7, 100],
    [Number.MAX_SAFE_INTEGER, 1, Number.MAX_SAFE_INTEGER * 100],
  ])('%d of %d is %d', (numerator, denominator, expected) => {
    expect(percentage(numerator, denominator)).toBe(expected);
  });

  it('of nothing are null', () => {
    expect(percentage(0, 0)).toBeNull();
  });
});

describe('figures about journeys', () => {
  const one = [
    fact('registered', '2019-11-05', { territory: 'TO' }),
    fact('absent', '2020-01-10', { venue: 'CPI-RIVOLI' }),
    fact('absent', '2020-01-20', { venue: 'CPI-RIVOLI' }),
    fact('attended', '2020-02-03', { venue: 'CPI-RIVOLI' }),
    fact('attended', '2020-02-04', { venue: 'CPI-RIVOLI' }),
  ];
  const other = [
    fact('registered', '2020-01-07', { territory: 'CN' }),
    fact('questionnaire-sent', '2020-04-01', { sa: 'CODEX-CUNEO' }),
  ];
  const window = { from: day('2020-01-01'), to: day('2020-02-29') };

  it('tell who did not take part and who did not show up', () => {
    const { items, totals } = absence([one, other], { ...ALL, ...window, groupBy: ['territory'] }, catalogue);
    expect(totals).toEqual({
      registered: 1,
      carriedOver: 1,
      notParticipating: 1,
      nonParticipationPct: 50,
      absences: 2,
      attendances: 2,
      noShowPct: 50,
    });
    expect(
      items.map(({ territory, registered, carriedOver }) => [territory, registered, carriedOver]),
    ).toEqual([
      ['TO', 0, 1],
      ['CN', 1, 0],
    ]);
  });

  it('give a journey the status of its last status fact', () => {
    expect(statusOf(visibleFacts(other, {}))).toBe('registered');
    expect(statusOf([])).toBeUndefined();
    const { items, totals } = stock([one, other, []], ALL, catalogue);
    expect(items).toEqual([
      { status: 'registered', journeys: 1 },
      { status: 'attended', journeys: 1 },
    ]);
    expect(totals).toEqual({ journeys: 2 });
  });

  it('divide the entries of one stage by those of another', () => {
    const entries = [one, other].flatMap((facts) => entriesOf(facts, {}, catalogue));
    const pair = { fromStage: 'registered', toStage: 'attended' } as const;
    expect(periodRatio(entries, ALL, catalogue, { ...pair, byMonth: true })).toEqual({
      items: [
        { month: '2019-11', numerator: 0, denominator: 1, pct: 0 },
        { month: '2020-01', numerator: 0, denominator: 1, pct: 0 },
        { month: '2020-02', numerator: 1, denominator: 0, pct: null },
      ],
      totals: { numerator: 1, denominator: 2, pct: 50 },
    });
    const nobody = periodRatio([], ALL, catalogue, { ...pair, byMonth: false });
    expect(nobody.items).toEqual([{ numerator: 0, denominator: 0, pct: null }]);
  });

  it('count the first questionnaire of a cycle with its answers', () => {
    const answers = { tutor: 'satisfied', methods: 'satisfied', organisation: 'unsatisfied' };
    const completed = (time: string, sa: string, wouldRecommend: boolean) =>
      fact('questionnaire-completed', time, { sa, ...answers, howHeard: 'internet', wouldRecommend });
    const facts = [
      completed('2020-06-01', 'IZI-TORINO', true),
      completed('2020-07-01', 'CODEX-CUNEO', false),
      fact('questionnaire-sent', '2020-05-01', { sa: 'IZI-TORINO' }),
    ];
    const { items, totals } = questionnaires(
      [facts, other],
      { ...ALL, groupBy: ['territory'], to: day('2020-12-31') },
      catalogue,
    );
    expect(totals).toMatchObject({
      sent: 2,
      completed: 1,
      organisation: { fully_satisfied: 0, satisfied: 0, unsatisfied: 1 },
      wouldRecommend: { yes: 1, no: 0 },
    });
    expect(items.map(({ territory, sent }) => [territory, sent])).toEqual([
      ['TO', 1],
      ['CN', 1],
    ]);
  });
});

describe('figures about other facts', () => {
  const none = { subject: undefined };

  it('count a meeting once, at its first visible fact', () => {
    const held = (time: string, venue: string, subject: string) =>
      fact('meeting-held', time, { venue }, { subject });
    const wrong = held('2020-01-15', 'CPI-RIVOLI', 'm-1');
    const facts = [
      wrong,
      held('2020-03-15', 'TEL-CUNEO', 'm-1'),
      held('2020-04-15', 'TEL-CUNEO', 'm-1'),
      held('2020-05-15', 'CPI-RIVOLI', 'm-2'),
      fact(
        'retracted',
        '2020-06-01',
        { source: wrong.source, id: wrong.id, reason: 'other', type: wrong.type },
        { subject: 'm-1' },
      ),
    ];
    const { items, totals } = meetingsByMonth(facts, { ...ALL, groupBy: ['mode'] }, catalogue);
    expect(totals).toEqual({ meetings: 2 });
    expect(items.map(({ month, mode, meetings }) => [month, mode, meetings])).toEqual([
      ['2020-03', 'in_person', 0],
      ['2020-03', 'online', 0],
      ['2020-03', 'phone', 1],
      ['2020-04', 'in_person', 0],
      ['2020-04', 'online', 0],
      ['2020-04', 'phone', 0],
      ['2020-05', 'in_person', 1],
      ['2020-05', 'online', 0],
      ['2020-05', 'phone', 0],
    ]);
  });

  it('average the durations that contacts have', () => {
    const contact = (time: string, data: object) =>
      fact('contact-handled', time, { channel: 'phone', ...data }, none);
    const { items } = contactsByMonth(
      [
        contact('2020-01-10', { durationSeconds: 10, topic: 'funding' }),
        contact('2020-01-11', { durationSeconds: 15 }),
        contact('2020-01-12', {}),
        contact('2020-03-12', { channel: 'chatbot' }),
      ],
      {},
    );
    expect(items).toMatchObject([
      { month: '2020-01', phone: 3, chatbot: 0, meanDurationSeconds: { phone: 12.5, chatbot: null } },
      { month: '2020-02', phone: 0, chatbot: 0, meanDurationSeconds: { phone: null, chatbot: null } },
      { month: '2020-03', phone: 0, chatbot: 1, meanDurationSeconds: { phone: null, chatbot: null } },
    ]);
    expect(items[0]!.topics).toEqual({
      programme_information: 0,
      funding: 1,
      web_access: 0,
      booking: 0,
      status: 0,
      other: 0,
    });
  });

  it('take the last recorded count of a day and source', () => {
    const counted = (date: string, uniquePageViews: number, recorded: number, data: object = {}) =>
      fact('web-traffic', '2020-06-01', { date, uniquePageViews, ...data }, { ...none, recorded });
    const facts = [
      counted('2020-01-31', 100, 20),
      counted('2020-01-31', 50, 10, { visits: 5 }),
      counted('2020-02-01', 7, 10, { visits: 0 }),
      counted('2020-02-01', 8, 10, { visits: 3 }),
    ];
    expect(webTrafficByMonth(facts, {})).toEqual({
      items: [
        { month: '2020-01', uniquePageViews: 100, visits: null, homeEntrances: null },
        { month: '2020-02', uniquePageViews: 8, visits: 3, homeEntrances: null },
      ],
      totals: { uniquePageViews: 108, visits: 3, homeEntrances: null },
    });
    expect(webTrafficByMonth(facts, { knownAt: 10 }).totals.uniquePageViews).toBe(58);
  });
});
