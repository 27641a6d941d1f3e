import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from './support/server-process.js';

type Row = Record<string, unknown> & { month: string };
type Table = Record<string, number[]>;

interface Answer {
  readonly items: Row[];
  readonly totals: Record<string, number>;
}

interface Report {
  months: string[];
  venues: { code: string; territory: string; mode: string }[];
  providers: { code: string; territory: string }[];
  table1_contacts: Record<string, Table>;
  table2_registered: Table;
  table3_participants: Table;
  table3_carried_over: Record<string, Record<string, number>>;
  table4_absence: Record<string, { registered: number; not_participating: number; rate_pct: number }>;
  table5_participants_by_year: Record<string, Record<string, number>>;
  table6_meetings: Table;
  table7_choices: {
    months: string[];
    by_provider: Table;
    total: number;
    of_which_returning_from_2017_2019: number;
  };
  table8_abandonment_or_hysteresis: Record<
    string,
    { participants: number; chose: number; chose_pct: number; not_chosen: number; not_chosen_pct: number }
  >;
  table9_pacts: {
    months: string[];
    by_provider: Table;
    by_territory: Record<string, { signed: number; pct_of_choices: number }>;
    total: number;
    total_pct_of_choices: number;
  };
  table10_pacts_by_year: Record<string, Table> & { months: string[] };
  table11_attended_to_pact: Record<string, Record<string, number>>;
  table12_questionnaire: {
    sent: Record<string, number>;
    completed: Record<string, number>;
    answers: [string, string, string, string][];
    how_heard: { scale: string[]; TO: number[]; CN: number[] };
    would_recommend: number;
  };
  web_traffic: {
    unique_page_views: Record<string, number>;
    home_page_entrances_2020: number;
    peak: { date: string; visits: number };
  };
  profile_pct: {
    registered: Record<string, number>;
    signed_pact_vs_registered_points: Record<string, number>;
  };
}

const report = JSON.parse(readFileSync('libs/history/data/report-2020.json', 'utf8')) as Report;
const STATE = 'until=2020-12-31&knownAt=2020-12-31';
const YEAR_2020 = `from=2020-01-01&to=2020-12-31&${STATE}`;
const YEAR_2019 = `from=2019-01-01&to=2019-12-31&${STATE}`;
const TERRITORIES = ['TO', 'AL-AT', 'BI-NO-VC-VCO', 'CN'];

let folder: string;
let server: ServerProcess;

const ask = (path: string) => server.get<Answer>(`/v1/${path}`);

/** The served column by group, month by month. */
function byMonth(items: readonly Row[], key: string, column: string): Table {
  const table: Table = {};
  for (const row of items) (table[row[key] as string] ??= []).push(row[column] as number);
  return table;
}

const ofMonths = (items: readonly Row[], months: readonly string[]) =>
  items.filter(({ month }) => months.includes(month));

const sumOf = (items: readonly Record<string, unknown>[], column: string) =>
  items.reduce((sum, row) => sum + (row[column] as number), 0);

/** A share as the report prints it: whole percent, half up. */
const wholePct = (part: number, whole: number) => Math.floor((200 * part + whole) / (2 * whole));

/** Those of the denominator that the numerator does not have, and their share as the report prints it, half up. */
function restOf(row: Record<string, unknown>): { count: number; pct: number } {
  const { numerator, denominator } = row as Record<string, number>;
  const count = denominator! - numerator!;
  return { count, pct: Math.floor((20_000 * count + denominator!) / (2 * denominator!)) / 100 };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'percorso-report-'));
  server = await ServerProcess.start(folder, { program: 'demo', ready: false, limitMs: 120_000 });
  await server.printing('curl', 120_000);
}, 250_000);

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the annual report 2020, as the demo serves it', () => {
  it.each(['2019', '2020'])('Table 1: contacts of %s', async (year) => {
    const { items } = await ask(`contacts/monthly?${year === '2020' ? YEAR_2020 : YEAR_2019}`);
    for (const [channel, counts] of Object.entries(report.table1_contacts[year]!)) {
      expect(items.map((row) => row[channel])).toEqual(counts);
    }
  });

  it('mean minutes of a call and the share of requests for information', async () => {
    const { items } = await ask(`contacts/monthly?${YEAR_2020}`);
    const weighted = (rows: readonly Row[]) =>
      rows.reduce(
        (sum, row) =>
          sum + (row['meanDurationSeconds'] as { phone: number }).phone * (row['phone'] as number),
        0,
      ) / sumOf(rows, 'phone');
    expect(Math.round(weighted(items.slice(0, 4)) / 60)).toBe(8);
    expect(Math.round(weighted(items.slice(4)) / 60)).toBe(3);
    const topics = items.map((row) => row['topics'] as Record<string, number>);
    const contacts = sumOf(items, 'phone') + sumOf(items, 'chatbot');
    expect(sumOf(topics, 'programme_information') / contacts).toBeGreaterThan(0.8);
  });

  it('Table 2: registered by territory and month', async () => {
    const { items } = await ask(`funnel/monthly?groupBy=territory&${YEAR_2020}`);
    expect(byMonth(items, 'territory', 'registered')).toEqual(report.table2_registered);
  });

  it('registered in March 2019', async () => {
    const { totals } = await ask(`funnel/monthly?from=2019-03-01&to=2019-03-31&${STATE}`);
    expect(totals['registered']).toBe(288);
  });

  it('Table 3: participants by venue and month', async () => {
    const { items } = await ask(`funnel/monthly?groupBy=venue&${YEAR_2020}`);
    const served = byMonth(items, 'venue', 'attended');
    delete served['none'];
    expect(served).toEqual(report.table3_participants);
  });

  it('Tables 3 and 4: carried over, absence and its rate', async () => {
    const { items, totals } = await ask(`absence?groupBy=territory&${YEAR_2020}`);
    const rows = [
      ...items.map((row) => [row['territory'] as string, row] as const),
      ['total', totals] as const,
    ];
    expect(rows.map(([territory]) => territory)).toEqual([...TERRITORIES, 'total']);
    for (const [territory, row] of rows) {
      const printed = report.table4_absence[territory]!;
      const carriedOver =
        territory === 'total'
          ? 64
          : report.table3_carried_over['registered_2017_2019_attended_2020']![territory]!;
      expect(row).toMatchObject({
        carriedOver,
        registered: printed.registered - carriedOver,
        notParticipating: printed.not_participating,
        nonParticipationPct: printed.rate_pct,
      });
      const sameYear = report.table3_carried_over['registered_and_attended_2020']!;
      expect((row['registered'] as number) - (row['notParticipating'] as number)).toBe(
        sameYear[territory] ?? Object.values(sameYear).reduce((a, b) => a + b),
      );
    }
  });

  it.each(['2019', '2020'])('Table 5: participants of %s by territory', async (year) => {
    const { items } = await ask(
      `funnel/monthly?groupBy=territory&${year === '2020' ? YEAR_2020 : YEAR_2019}`,
    );
    const served = byMonth(items, 'territory', 'attended');
    for (const [territory, count] of Object.entries(report.table5_participants_by_year[year]!)) {
      expect(served[territory]!.reduce((a, b) => a + b)).toBe(count);
    }
  });

  it('Table 6: meetings by venue and month', async () => {
    const { items } = await ask(`meetings/monthly?groupBy=venue&${YEAR_2020}`);
    const served = byMonth(items, 'venue', 'meetings');
    expect(served).toEqual(report.table6_meetings);
    const modes = await ask(`meetings/monthly?groupBy=mode&${YEAR_2020}`);
    const inPerson = modes.items.filter((row) => row['mode'] === 'in_person');
    expect(sumOf(inPerson, 'meetings')).toBe(55);
    expect(sumOf(modes.items, 'meetings') - 55).toBe(536);
  });

  it('Table 7: choices by SA and month, and who had chosen before', async () => {
    const { items, totals } = await ask(`funnel/monthly?groupBy=sa&${YEAR_2020}`);
    const { months, by_provider, total, of_which_returning_from_2017_2019 } = report.table7_choices;
    const served = byMonth(ofMonths(items, months), 'sa', 'saChosen');
    delete served['none'];
    expect(served).toEqual(by_provider);
    expect(totals).toMatchObject({
      saChosen: total,
      returning: { saChosen: of_which_returning_from_2017_2019 },
    });
  });

  it('Table 8: choices over participants, the period ratio', async () => {
    const { items, totals } = await ask(`funnel/period-ratio?groupBy=territory&${YEAR_2020}`);
    for (const row of [...items, { ...totals, territory: 'total' }]) {
      const printed = report.table8_abandonment_or_hysteresis[row['territory'] as string]!;
      expect(row).toMatchObject({
        numerator: printed.chose,
        denominator: printed.participants,
        pct: printed.chose_pct,
      });
      expect(restOf(row)).toEqual({ count: printed.not_chosen, pct: printed.not_chosen_pct });
    }
  });

  it('Table 9: pacts by SA and month, and over choices', async () => {
    const { items } = await ask(`funnel/monthly?groupBy=sa&${YEAR_2020}`);
    const served = byMonth(ofMonths(items, report.table9_pacts.months), 'sa', 'pdsSigned');
    delete served['none'];
    expect(served).toEqual(report.table9_pacts.by_provider);
    const ratio = await ask(
      `funnel/period-ratio?fromStage=saChosen&toStage=pdsSigned&groupBy=territory&${YEAR_2020}`,
    );
    for (const row of ratio.items) {
      const printed = report.table9_pacts.by_territory[row['territory'] as string]!;
      expect(row).toMatchObject({ numerator: printed.signed, pct: printed.pct_of_choices });
    }
    expect(ratio.totals).toMatchObject({ numerator: 584, denominator: 949, pct: 61.54 });
  });

  it.each(['2019', '2020'])('Table 10: pacts of September to December %s', async (year) => {
    const { items } = await ask(
      `funnel/monthly?groupBy=territory&from=${year}-09-01&to=${year}-12-31&${STATE}`,
    );
    expect(byMonth(items, 'territory', 'pdsSigned')).toEqual(report.table10_pacts_by_year[year]);
  });

  it.each(['2019', '2020'])('Table 11: pacts over participants of %s', async (year) => {
    const window = year === '2020' ? YEAR_2020 : YEAR_2019;
    const { totals } = await ask(`funnel/period-ratio?fromStage=attended&toStage=pdsSigned&${window}`);
    const printed = report.table11_attended_to_pact[year]!;
    expect(totals).toEqual({
      numerator: printed['signed'],
      denominator: printed['participants'],
      pct: printed['signed_pct'],
    });
    expect(restOf(totals)).toEqual({ count: printed['lost'], pct: printed['lost_pct'] });
  });

  it('Table 12: the questionnaire', async () => {
    const printed = report.table12_questionnaire;
    const { items } = await ask(`questionnaire?groupBy=territory&${YEAR_2020}`);
    for (const row of items) {
      const territory = row['territory'] as string;
      expect(row['sent']).toBe(printed.sent[territory]);
      expect(row['completed']).toBe(printed.completed[territory] ?? 0);
      const heard = printed.how_heard[territory as 'TO'];
      if (heard)
        expect(
          printed.how_heard.scale.map((code) => (row['howHeard'] as Record<string, number>)[code] ?? 0),
        ).toEqual(heard);
    }
    const bySa = await ask(`questionnaire?groupBy=sa&${YEAR_2020}`);
    for (const { code } of report.providers) {
      const answers = printed.answers.filter(([sa]) => sa === code);
      const row = bySa.items.find((item) => item['sa'] === code);
      for (const [index, question] of ['tutor', 'methods', 'organisation'].entries()) {
        for (const answer of ['fully_satisfied', 'satisfied', 'unsatisfied']) {
          const count = answers.filter((given) => given[index + 1] === answer).length;
          expect((row?.[question] as Record<string, number> | undefined)?.[answer] ?? 0).toBe(count);
        }
      }
    }
    expect(bySa.totals).toMatchObject({ wouldRecommend: { yes: printed.would_recommend, no: 0 } });
  });

  it('web traffic of both years, and the peak', async () => {
    const views = async (window: string) =>
      sumOf((await ask(`web-traffic/monthly?${window}`)).items, 'uniquePageViews');
    expect(await views(YEAR_2019)).toBe(report.web_traffic.unique_page_views['2019']);
    expect(await views(YEAR_2020)).toBe(report.web_traffic.unique_page_views['2020']);
    const year = await ask(`web-traffic/monthly?${YEAR_2020}`);
    expect(sumOf(year.items, 'homeEntrances')).toBe(report.web_traffic.home_page_entrances_2020);
    const { date, visits } = report.web_traffic.peak;
    const peak = await ask(`web-traffic/monthly?from=${date}&to=${date}&${STATE}`);
    expect(peak.items.map((row) => row['visits'])).toEqual([visits]);
  });

  it('profile of the registered and of those who signed', async () => {
    const counts = async (stage: string, key: string) => {
      const { items, totals } = await ask(`funnel/cumulative?groupBy=${key}&${YEAR_2020}`);
      const last = items.filter(({ month }) => month === '2020-12');
      const of = (...values: string[]) =>
        sumOf(
          last.filter((row) => values.includes(row[key] as string)),
          stage,
        );
      return { of, all: totals[stage]! };
    };
    const shares = async (stage: string, key: string) => {
      const { of, all } = await counts(stage, key);
      return (...values: string[]) => wholePct(of(...values), all);
    };
    const printed = report.profile_pct.registered;
    const points = report.profile_pct.signed_pact_vs_registered_points;
    const gender = await shares('registered', 'gender');
    const education = await shares('registered', 'education');
    const employment = await shares('registered', 'employment');
    expect(gender('F')).toBe(printed['women']);
    expect(education('bachelor', 'master')).toBe(printed['degree_at_least']);
    expect(education('diploma')).toBe(printed['diploma']);
    const { of: registered } = await counts('registered', 'education');
    expect(wholePct(registered('master'), registered('bachelor', 'master'))).toBe(
      printed['of_graduates_with_second_level'],
    );
    expect(employment('employed')).toBe(printed['employed']);
    expect(employment('not_employed')).toBe(printed['not_working']);
    expect((await shares('pdsSigned', 'gender'))('F') - gender('F')).toBe(points['women']);
    expect(
      (await shares('pdsSigned', 'education'))('bachelor', 'master') - education('bachelor', 'master'),
    ).toBe(points['graduates']);
    expect((await shares('pdsSigned', 'employment'))('not_employed') - employment('not_employed')).toBe(
      points['unemployed'],
    );
  });

  it('what 2021 brought changes nothing of the state of 2020, and is there today', async () => {
    const then = await ask(`funnel/monthly?${YEAR_2020}`);
    const now = await ask('funnel/monthly?from=2020-01-01&to=2020-12-31');
    for (const stage of ['registered', 'booked', 'attended', 'saChosen', 'pdsSigned']) {
      expect(now.totals[stage]).toBe(then.totals[stage]);
    }
    expect(now.totals['abandoned']! + now.totals['notAdmissible']!).toBeGreaterThan(
      then.totals['abandoned']! + then.totals['notAdmissible']!,
    );
    const later = await ask('funnel/monthly?from=2021-01-01&to=2021-12-31');
    expect(later.totals['pdsSigned']).toBeGreaterThan(0);
  });

  it('agrees with the replay of the log', async () => {
    for (const query of ['groupBy=territory,mode', `groupBy=sa&${YEAR_2020}`]) {
      const replay = await server.get<{ matches: boolean; differences: unknown[] }>(
        `/v1/audit/replay?${query}`,
      );
      expect(replay).toMatchObject({ matches: true, differences: [] });
    }
  }, 60_000);
});
