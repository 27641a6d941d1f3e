import { demoHistory, reportFigures as report } from './index.js';
import { type Seen, count, entries, pct, table, visible } from './spec/read-history.js';

const TERRITORIES = ['TO', 'AL-AT', 'BI-NO-VC-VCO', 'CN'];
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

const events = demoHistory();
const seen = visible(events, '2020-12-31', '2020-12-31');
const of = (name: string, year: string) =>
  seen.filter((fact) => fact.name === name && fact.day.startsWith(year));
const inYear = (name: string, year: string) => entries(seen, name).filter(({ day }) => day.startsWith(year));
const monthsOf = (year: string) => report.months.map((month) => year + month.slice(4));
const number = (fact: Pick<Seen, 'data'>, key: string) => fact.data[key] as number;

const venues = new Map(report.venues.map((venue) => [venue.code, venue]));
const saTerritory = new Map(report.providers.map(({ code, territory }) => [code, territory]));
const venueOf = (fact: Seen) => venues.get(fact.data['venue'] as string)!;
const territoryOfSa = ({ data }: Seen) => saTerritory.get(data['sa'] as string)!;

describe('help desk', () => {
  const contacts = [...of('contact-handled', '2019'), ...of('contact-handled', '2020')];
  const channelOf = ({ data }: Seen) => data['channel'] as string;

  it.each(['2019', '2020'] as const)('Table 1: contacts of %s by channel and month', (year) => {
    const printed = report.table1_contacts[year];
    expect(table(contacts, Object.keys(printed), monthsOf(year), channelOf)).toEqual(printed);
    expect(Object.keys(count(of('contact-handled', year), channelOf)).sort()).toEqual(
      Object.keys(printed).sort(),
    );
  });

  it('mean minutes of a call, exactly, in every month', () => {
    const { '2020-01..2020-04': long, otherwise } = report.prose.mean_call_minutes;
    for (const month of [...monthsOf('2019'), ...monthsOf('2020')]) {
      const calls = contacts.filter((fact) => fact.month === month && channelOf(fact) === 'phone');
      const minutes = sum(calls.map((call) => number(call, 'durationSeconds'))) / calls.length / 60;
      expect([month, minutes]).toEqual([month, month >= '2020-01' && month <= '2020-04' ? long : otherwise]);
    }
  });

  it('requests for information are over 80 % in each year', () => {
    for (const year of ['2019', '2020']) {
      const all = of('contact-handled', year);
      const information = all.filter(({ data }) => data['topic'] === 'programme_information');
      expect((100 * information.length) / all.length).toBeGreaterThan(
        report.prose.information_requests_pct_over,
      );
    }
  });
});

describe('meetings', () => {
  const meetings = () => {
    const first = new Map<string, Seen>();
    for (const fact of of('meeting-held', '2020'))
      if (!first.has(fact.subject)) first.set(fact.subject, fact);
    return [...first.values()];
  };

  it('Table 6: meetings by venue and month, in person and remote', () => {
    const codes = report.venues.map(({ code }) => code);
    expect(table(meetings(), codes, report.months, ({ data }) => data['venue'] as string)).toEqual(
      report.table6_meetings,
    );
    const inPerson = meetings().filter((fact) => venueOf(fact).mode === 'in_person');
    expect({
      in_person_first_quarter: inPerson.length,
      in_person_venues: new Set(inPerson.map(({ data }) => data['venue'])).size,
      remote: meetings().length - inPerson.length,
    }).toEqual(report.prose.meetings);
    expect(inPerson.every(({ month }) => month <= '2020-03')).toBe(true);
  });

  it('online meetings have ten places on average', () => {
    const online = meetings().filter((fact) => venueOf(fact).mode === 'online');
    expect(sum(online.map((fact) => number(fact, 'capacity'))) / online.length).toBe(
      report.prose.mean_online_capacity,
    );
  });

  it('seats everyone in a meeting of that venue and time that was held, and nobody too many', () => {
    const held = new Map(
      seen.filter(({ name }) => name === 'meeting-held').map((fact) => [fact.subject, fact]),
    );
    const expected = new Map<string, number>();
    const astray = seen.filter(({ name, data, instant }) => {
      if (name !== 'attended' && name !== 'absent') return false;
      const id = data['meetingId'] as string;
      const meeting = held.get(id);
      expected.set(id, (expected.get(id) ?? 0) + 1);
      return meeting
        ? meeting.instant !== instant || meeting.data['venue'] !== data['venue']
        : name === 'attended';
    });
    expect(astray).toEqual([]);
    expect(
      [...held.values()].filter((meeting) => expected.get(meeting.subject)! > number(meeting, 'capacity')),
    ).toEqual([]);
  });

  it('holds nothing in person from 2020-02-24 on but what March counts, and nothing remote before 2020-04-27', () => {
    const { in_person_meetings_suspended_from: stopped, remote_meetings_from: began } = report.services;
    for (const fact of meetings()) {
      const inPerson = venueOf(fact).mode === 'in_person';
      expect(inPerson ? fact.day < stopped || fact.month === '2020-03' : fact.day >= began).toBe(true);
    }
  });
});

describe('quality, web site and profiles', () => {
  it('Table 12: the questionnaire', () => {
    const printed = report.table12_questionnaire;
    const sent = inYear('questionnaire-sent', '2020');
    const completed = inYear('questionnaire-completed', '2020');
    const withZeros = (facts: readonly Seen[]) => {
      const counts = count(facts, territoryOfSa);
      return Object.fromEntries(TERRITORIES.map((territory) => [territory, counts[territory] ?? 0]));
    };
    expect(withZeros(sent)).toEqual(printed.sent);
    expect(count(completed, territoryOfSa)).toEqual(printed.completed);
    const rows = completed.map(({ data }) =>
      ['sa', 'tutor', 'methods', 'organisation'].map((key) => data[key]).join(),
    );
    expect(rows.sort()).toEqual(printed.answers.map((row) => row.join()).sort());
    for (const territory of ['TO', 'CN'] as const) {
      const heard = count(
        completed.filter((fact) => territoryOfSa(fact) === territory),
        ({ data }) => data['howHeard'] as string,
      );
      expect(printed.how_heard.scale.map((way) => heard[way] ?? 0)).toEqual(printed.how_heard[territory]);
    }
    expect(completed.filter(({ data }) => data['wouldRecommend']).length).toBe(printed.would_recommend);
  });

  // The events are in order of their recorded times, so the last of a day is the one that counts.
  it('web traffic: a day each, the totals and the peak', () => {
    const last = new Map<string, Pick<Seen, 'data'>>();
    for (const event of events) {
      if (event.type !== 'it.mip.web-traffic.v1' || event.recordedtime > '2020-12-31T23') continue;
      last.set(event.data['date'] as string, { data: event.data });
    }
    const total = (year: string, key: string) =>
      sum([...last].filter(([date]) => date.startsWith(year)).map(([, fact]) => number(fact, key)));
    const { unique_page_views, home_page_entrances_2020, peak } = report.web_traffic;
    expect(last.size).toBe(365 + 366);
    expect({ 2019: total('2019', 'uniquePageViews'), 2020: total('2020', 'uniquePageViews') }).toEqual(
      unique_page_views,
    );
    expect(unique_page_views['2019'] - unique_page_views['2020']).toBe(report.prose.unique_page_views_fewer);
    expect(total('2020', 'homeEntrances')).toBe(home_page_entrances_2020);
    const [busiest, next] = [...last].sort(([, a], [, b]) => number(b, 'visits') - number(a, 'visits'));
    expect([busiest![0], number(busiest![1], 'visits')]).toEqual([peak.date, peak.visits]);
    expect(number(next![1], 'visits')).toBeLessThan(peak.visits);
  });

  it('profiles of the registered and of those who signed', () => {
    const profile = new Map(
      entries(seen, 'registered').map(({ subject, data }) => [
        subject,
        data['profile'] as Record<string, string>,
      ]),
    );
    const shares =
      (facts: readonly Seen[]) =>
      (key: string, ...values: string[]) =>
        pct(
          facts.filter(({ subject }) => values.includes(profile.get(subject)![key]!)).length,
          facts.length,
          0,
        );
    const graduates = inYear('registered', '2020').filter(({ subject }) =>
      ['bachelor', 'master'].includes(profile.get(subject)!['education']!),
    );
    const registered = shares(inYear('registered', '2020'));
    const signed = shares(inYear('pds-signed', '2020'));
    expect({
      women: registered('gender', 'F'),
      degree_at_least: registered('education', 'bachelor', 'master'),
      of_graduates_with_second_level: shares(graduates)('education', 'master'),
      diploma: registered('education', 'diploma'),
      employed: registered('employment', 'employed'),
      not_working: registered('employment', 'not_employed'),
    }).toEqual(report.profile_pct.registered);
    expect({
      women: signed('gender', 'F') - registered('gender', 'F'),
      graduates: signed('education', 'bachelor', 'master') - registered('education', 'bachelor', 'master'),
      unemployed: signed('employment', 'not_employed') - registered('employment', 'not_employed'),
    }).toEqual(report.profile_pct.signed_pact_vs_registered_points);
  });
});

describe('figures that stand in the text', () => {
  const stage = (name: string, year: string) => inYear(name, year).length;
  const home = new Map(
    entries(seen, 'registered').map(({ subject, data }) => [subject, data['territory'] as string]),
  );
  const at = (name: string, territory: string, when = '2020') =>
    inYear(name, when).filter(({ subject }) => home.get(subject) === territory).length;

  it('changes of the registrations on the month before', () => {
    for (const [months, byTerritory] of Object.entries(report.prose.registered_change_pct)) {
      const [now, before] = months.split(' vs ') as [string, string];
      for (const [territory, printed] of Object.entries(byTerritory)) {
        const was = at('registered', territory, before);
        const digits = Number.isInteger(printed * 10) ? 1 : 2;
        expect(pct(at('registered', territory, now) - was, was, digits)).toBe(printed);
      }
    }
  });

  it('shares of the territories', () => {
    const share = (name: string, territory: string) => pct(at(name, territory), stage(name, '2020'), 0);
    const { prose } = report;
    expect(share('registered', 'TO')).toBe(prose.registered_share_pct['TO']);
    expect(100 - share('registered', 'TO')).toBe(prose.registered_share_pct['others']);
    for (const [territory, printed] of Object.entries(prose.participants_share_pct))
      expect(share('attended', territory)).toBe(printed);
    for (const [territory, printed] of Object.entries(prose.pact_share_pct))
      expect(share('pds-signed', territory)).toBe(printed);
  });

  it('signed of the registered', () => {
    for (const [territory, printed] of Object.entries(report.prose.signed_of_registered_pct)) {
      const regional = territory === 'regional';
      const signed = regional ? stage('pds-signed', '2020') : at('pds-signed', territory);
      const registered = regional ? stage('registered', '2020') : at('registered', territory);
      // The whole numbers (31 for 31.60 and 31.55) were cut, not rounded.
      const computed = pct(signed, registered);
      expect(Number.isInteger(printed) ? Math.trunc(computed) : computed).toBe(printed);
    }
  });

  it('fewer participants, and the losses between the stages', () => {
    const fewer = stage('attended', '2019') - stage('attended', '2020');
    expect(fewer).toBe(report.prose.participants_fewer_than_2019);
    expect(pct(fewer, stage('attended', '2019'), 0)).toBe(report.prose.participants_fewer_pct);
    const [attended, chosen, signed] = ['attended', 'sa-chosen', 'pds-signed'].map((name) =>
      stage(name, '2020'),
    );
    const losses = report.prose.cumulative_loss_pct;
    expect(pct(attended! - chosen!, attended!)).toBe(losses['attended to chosen']);
    expect(pct(chosen! - signed!, chosen!)).toBe(losses['chosen to signed']);
    const lost = (year: string) =>
      pct(stage('attended', year) - stage('pds-signed', year), stage('attended', year));
    expect(Math.round((lost('2020') - lost('2019')) * 100) / 100).toBe(report.prose.loss_growth_points);
  });
});
