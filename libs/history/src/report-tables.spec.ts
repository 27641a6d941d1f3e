import { demoHistory, reportFigures as report } from './index.js';
import { type Seen, count, entries, journeysOf, pct, table, visible } from './spec/read-history.js';

const TERRITORIES = ['TO', 'AL-AT', 'BI-NO-VC-VCO', 'CN'];
const AUTUMN = report.table7_choices.months;
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

const seen = visible(demoHistory(), '2020-12-31', '2020-12-31');
const inYear = <F extends Seen>(facts: readonly F[], year: string) =>
  facts.filter(({ day }) => day.startsWith(year));

const venueTerritory = new Map(report.venues.map(({ code, territory }) => [code, territory]));
const saTerritory = new Map(report.providers.map(({ code, territory }) => [code, territory]));
const byVenue = ({ data }: Seen) => data['venue'] as string;
const bySa = ({ data }: Seen) => data['sa'] as string;
const territoryOfVenue = (fact: Seen) => venueTerritory.get(byVenue(fact))!;
const territoryOfSa = (fact: Seen) => saTerritory.get(bySa(fact))!;

const registered = entries(seen, 'registered');
const attended = entries(seen, 'attended');
const chosen = entries(seen, 'sa-chosen');
const signed = entries(seen, 'pds-signed');
const home = new Map(registered.map(({ subject, data }) => [subject, data['territory'] as string]));
const territoryOf = ({ subject }: Seen) => home.get(subject)!;

describe('people at the state of the report', () => {
  it('Table 2: registered by territory and month', () => {
    expect(table(registered, TERRITORIES, report.months, ({ data }) => data['territory'] as string)).toEqual(
      report.table2_registered,
    );
  });

  it('registered in March 2019, and the difference to March 2020', () => {
    const march = (year: string) => registered.filter(({ month }) => month === `${year}-03`).length;
    expect(march('2019')).toBe(288);
    expect(march('2019') - march('2020')).toBe(report.prose.registered_march_2019_minus_2020);
  });

  it('Table 3: participants by venue and month', () => {
    const codes = report.venues.map(({ code }) => code);
    expect(table(inYear(attended, '2020'), codes, report.months, byVenue)).toEqual(
      report.table3_participants,
    );
  });

  it('Table 3: who was carried over had booked before, lost the place and booked again', () => {
    const before = new Set(registered.filter(({ day }) => day < '2020').map(({ subject }) => subject));
    const all = inYear(attended, '2020');
    const carried = all.filter(({ subject }) => before.has(subject));
    const printed = report.table3_carried_over;
    expect(count(carried, territoryOf)).toEqual(printed.registered_2017_2019_attended_2020);
    expect(
      count(
        all.filter(({ subject }) => !before.has(subject)),
        territoryOf,
      ),
    ).toEqual(printed.registered_and_attended_2020);
    for (const { subject, instant } of carried) {
      const own = seen.filter((fact) => fact.subject === subject && fact.instant < instant);
      const earlier = own.filter(({ day }) => day < '2020').map(({ name }) => name);
      expect(earlier.slice(0, 2)).toEqual(['registered', 'booked']);
      expect(['booking-cancelled', 'absent']).toContain(earlier[2]);
      expect(own.filter(({ day, name }) => day >= '2020' && name === 'booked').length).toBeGreaterThan(0);
    }
  });

  it('Table 4: absence and its rate', () => {
    const came = new Set(inYear(attended, '2020').map(({ subject }) => subject));
    const new2020 = new Set(inYear(registered, '2020').map(({ subject }) => subject));
    for (const [territory, printed] of Object.entries(report.table4_absence)) {
      const here = (subject: string) => territory === 'total' || home.get(subject) === territory;
      const base = new Set([...new2020, ...came].filter(here));
      const away = [...base].filter((subject) => !came.has(subject)).length;
      expect([base.size, away, pct(away, base.size)]).toEqual([
        printed.registered,
        printed.not_participating,
        printed.rate_pct,
      ]);
    }
  });

  it.each(['2019', '2020'] as const)('Table 5: participants of %s by territory', (year) => {
    expect(count(inYear(attended, year), territoryOfVenue)).toEqual(report.table5_participants_by_year[year]);
  });

  it('keeps every journey in one territory', () => {
    const away = [...attended, ...entries(seen, 'absent')].filter(
      (fact) => territoryOfVenue(fact) !== territoryOf(fact),
    );
    expect(away).toEqual([]);
    expect([...chosen, ...signed].filter((fact) => territoryOfSa(fact) !== territoryOf(fact))).toEqual([]);
  });
});

describe('choices and pacts at the state of the report', () => {
  const codes = report.providers.map(({ code }) => code);

  it('Table 7: choices by SA and month, none before the reopening', () => {
    const year = inYear(chosen, '2020');
    expect(table(year, codes, AUTUMN, bySa)).toEqual(report.table7_choices.by_provider);
    expect(year.length).toBe(report.table7_choices.total);
    expect(year.every(({ day }) => day >= report.table7_choices.open_since)).toBe(true);
  });

  it('Table 7: 187 return from the earlier cycle, the others attended in 2020 before they chose', () => {
    const returning = inYear(chosen, '2020').filter((entry) => entry.returning);
    const others = inYear(chosen, '2020').filter((entry) => !entry.returning);
    expect(returning.length).toBe(report.table7_choices.of_which_returning_from_2017_2019);
    const attendedAt = new Map(inYear(attended, '2020').map(({ subject, instant }) => [subject, instant]));
    expect(returning.filter(({ subject }) => attendedAt.has(subject))).toEqual([]);
    expect(others.filter(({ subject, instant }) => !(attendedAt.get(subject)! < instant))).toEqual([]);
    expect(others.length).toBe(762);
  });

  it('Table 8: choices over participants', () => {
    const numerator = count(inYear(chosen, '2020'), territoryOfSa);
    const denominator = count(inYear(attended, '2020'), territoryOfVenue);
    for (const [territory, printed] of Object.entries(report.table8_abandonment_or_hysteresis)) {
      const total = territory === 'total';
      const chose = total ? sum(Object.values(numerator)) : numerator[territory]!;
      const participants = total ? sum(Object.values(denominator)) : denominator[territory]!;
      expect(printed).toEqual({
        participants,
        chose,
        chose_pct: pct(chose, participants),
        not_chosen: participants - chose,
        not_chosen_pct: pct(participants - chose, participants),
      });
    }
  });

  it('Table 9: pacts by SA and month, by territory over choices, and who is still awaited', () => {
    const year = inYear(signed, '2020');
    const printed = report.table9_pacts;
    expect(table(year, codes, AUTUMN, bySa)).toEqual(printed.by_provider);
    const choices = count(inYear(chosen, '2020'), territoryOfSa);
    for (const [territory, count_] of Object.entries(count(year, territoryOfSa))) {
      expect({ signed: count_, pct_of_choices: pct(count_, choices[territory]!) }).toEqual(
        printed.by_territory[territory],
      );
    }
    expect(year.length).toBe(printed.total);
    expect(pct(year.length, 949)).toBe(printed.total_pct_of_choices);
  });

  it('Table 9: nobody signs without having chosen that SA in the same cycle before', () => {
    const journeys = journeysOf(seen);
    const unprepared = signed.filter(
      (pact) =>
        !journeys
          .get(pact.subject)!
          .some(
            ({ name, cycle, instant, data }) =>
              name === 'sa-chosen' &&
              cycle === pact.cycle &&
              instant < pact.instant &&
              data['sa'] === pact.data['sa'],
          ),
    );
    expect(unprepared).toEqual([]);
  });

  it('Table 9: the state of the 365 without a pact was not updated after their choice', () => {
    const signers = new Set(inYear(signed, '2020').map(({ subject }) => subject));
    const awaiting = inYear(chosen, '2020').filter(({ subject }) => !signers.has(subject));
    expect(awaiting.length).toBe(report.table9_pacts.awaiting);
    const choiceOf = new Map(awaiting.map(({ subject, instant }) => [subject, instant]));
    expect(seen.filter(({ subject, instant }) => instant > choiceOf.get(subject)!)).toEqual([]);
  });

  it.each(['2019', '2020'] as const)('Table 10: pacts of September to December %s', (year) => {
    const printed = report.table10_pacts_by_year;
    const months = printed.months.map((month) => `${year}-${month}`);
    expect(table(signed, TERRITORIES, months, territoryOfSa)).toEqual(printed[year]);
  });

  it('Table 10: change by territory', () => {
    const printed = report.table10_pacts_by_year;
    const autumn = (year: string) =>
      count(
        signed.filter(({ month }) => month.startsWith(year) && month.slice(5) >= '09'),
        territoryOfSa,
      );
    const [before, now] = [autumn('2019'), autumn('2020')];
    for (const [territory, change] of Object.entries(printed.change_pct)) {
      expect(pct(now[territory]! - before[territory]!, before[territory]!)).toBe(change);
    }
    expect({ '2019': sum(Object.values(before)), '2020': sum(Object.values(now)) }).toEqual(
      report.prose.pacts_sep_dec,
    );
  });

  it.each(['2019', '2020'] as const)('Table 11: attended to signed in %s', (year) => {
    const participants = inYear(attended, year).length;
    const pacts = inYear(signed, year).length;
    expect(report.table11_attended_to_pact[year]).toEqual({
      participants,
      signed: pacts,
      signed_pct: pct(pacts, participants),
      lost: participants - pacts,
      lost_pct: pct(participants - pacts, participants),
    });
  });
});
