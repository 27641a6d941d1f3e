import { loadCatalogue } from '#catalogue';
import { checkEvent } from '#events';
import { DEMO_SOURCES, type DemoEvent, demoDigest, demoHistory, isDemoSource } from './index.js';
import { entries, journeysOf, romeDay, visible } from './spec/read-history.js';

const events = demoHistory();
const named = (name: string) => events.filter(({ type }) => type === `it.mip.${name}.v1`);
const NOW = '2022-01-01';

const FUNNEL = ['registered', 'booked', 'attended', 'sa-chosen', 'pds-signed'];
const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  hour: '2-digit',
  minute: '2-digit',
});
const hourInRome = (time: string) => clock.format(Date.parse(time));

describe('the synthetic history as a whole', () => {
  it('is the same on every run', () => {
    expect(demoDigest()).toBe(demoDigest(events));
    expect(demoDigest(events)).toBe('ba5d1b40ec8bd419ce1086ebaf46408a94190b9a0f998eb5820054baa89b9205');
  });

  it('holds only events that an import accepts, and says of each that it is synthetic', () => {
    const context = { catalogue: loadCatalogue(), now: Date.parse(`${NOW}T00:00:00Z`), mayImport: true };
    const refused = events.map((event) => checkEvent(event, context)).filter(({ ok }) => !ok);
    expect(refused).toEqual([]);
    expect(events.every(({ source }) => isDemoSource(source))).toBe(true);
    expect(DEMO_SOURCES.every((source) => source.startsWith('/synthetic/'))).toBe(true);
    expect(isDemoSource('/area-web')).toBe(false);
  });

  it('is sorted by recorded time, then by time, and no key is used twice', () => {
    const order = events.map(({ recordedtime, time }) => `${recordedtime} ${time}`);
    expect(order).toEqual([...order].sort());
    const keys = events.map(({ source, id, subject, type, time }) =>
      [source, id, subject ?? `${type} ${romeDay(Date.parse(time))}`].join(' '),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is about five thousand people', () => {
    const people = new Set(named('registered').map(({ subject }) => subject));
    expect(people.size).toBeGreaterThan(4900);
    expect(people.size).toBeLessThan(5200);
  });
});

describe('what happens to one person', () => {
  const journeys = journeysOf(visible(events, NOW, NOW));

  it('starts with the registration and takes every step after the one that it needs', () => {
    for (const facts of journeys.values()) {
      expect(facts[0]!.name).toBe('registered');
      for (const [index, fact] of facts.entries()) {
        const before = facts.slice(0, index);
        const had = (name: string) => before.some((one) => one.name === name && one.instant < fact.instant);
        const meeting = before.findLast((one) => one.data['meetingId'] === fact.data['meetingId']);
        if (['booking-cancelled', 'attended', 'absent'].includes(fact.name))
          expect(meeting?.name).toBe('booked');
        if (fact.name === 'attended')
          expect(meeting!.data['scheduledFor']).toBe(new Date(fact.instant).toISOString());
        if (fact.name === 'sa-chosen') expect(had('attended')).toBe(true);
        if (fact.name === 'pds-signed') expect(had('sa-chosen')).toBe(true);
        if (fact.name === 'questionnaire-sent') expect(had('pds-signed')).toBe(true);
        if (fact.name === 'questionnaire-completed') expect(had('questionnaire-sent')).toBe(true);
      }
    }
  });

  it('ends with what closes it, and never signs after that', () => {
    for (const facts of journeys.values()) {
      const closed = facts.findIndex(({ name }) => name === 'abandoned' || name === 'not-admissible');
      if (closed >= 0) expect(facts.slice(closed + 1)).toEqual([]);
    }
  });

  it('meets people in opening hours on weekdays, and signs then', () => {
    for (const name of ['attended', 'absent', 'meeting-held', 'reception-held', 'pds-signed']) {
      const odd = named(name).filter(({ time }) => {
        const weekday = new Date(`${romeDay(Date.parse(time))}T00:00:00Z`).getUTCDay();
        return weekday === 0 || weekday === 6 || hourInRome(time) < '08:00' || hourInRome(time) > '19:00';
      });
      expect(odd).toEqual([]);
    }
  });
});

describe('the recorded axis', () => {
  const COUNTED = [
    ...FUNNEL,
    'meeting-held',
    'questionnaire-sent',
    'questionnaire-completed',
    'contact-handled',
    'web-traffic',
  ];

  it('knows by the end of 2020 all of that year that the printed tables count', () => {
    const late = events.filter(
      ({ type, time, recordedtime }) =>
        COUNTED.includes(type.split('.')[2]!) &&
        romeDay(Date.parse(time)) <= '2020-12-31' &&
        romeDay(Date.parse(recordedtime)) > '2020-12-31',
    );
    expect(late).toEqual([]);
  });

  it('delays by minutes on the web, by hours to weeks where an office writes it down', () => {
    const hours = (name: string) =>
      named(name)
        .map(({ time, recordedtime }) => (Date.parse(recordedtime) - Date.parse(time)) / 3_600_000)
        .sort((a, b) => a - b);
    const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)]!;
    expect(median(hours('booked'))).toBeLessThan(0.2);
    for (const name of ['attended', 'sa-chosen', 'pds-signed']) {
      expect(median(hours(name))).toBeGreaterThan(1);
      expect(hours(name).at(-1)).toBeGreaterThan(14 * 24);
    }
  });

  it('lets 2021 change only closures and receptions of 2020', () => {
    const counts = (knownAt: string) => {
      const seen = visible(events, knownAt, '2020-12-31');
      return (name: string) =>
        entries(seen, name)
          .filter(({ day }) => day >= '2020')
          .map(({ subject, day }) => `${subject} ${day}`)
          .sort();
    };
    const [then, now] = [counts('2020-12-31'), counts(NOW)];
    for (const name of [...FUNNEL, 'booking-cancelled', 'absent']) expect(now(name)).toEqual(then(name));
    for (const [name, more] of [
      ['abandoned', 135],
      ['not-admissible', 45],
    ] as const) {
      expect(now(name).length - then(name).length).toBe(more);
    }
    expect(now('reception-held').length - then('reception-held').length).toBe(67);
  });

  it('tells the late from the lost in 2021', () => {
    const at = (knownAt: string) => {
      const chosen = entries(visible(events, NOW, NOW), 'sa-chosen').filter(({ day }) =>
        day.startsWith('2020'),
      );
      const journeys = journeysOf(visible(events, knownAt, NOW));
      return chosen.map(({ subject }) => {
        const names = journeys.get(subject)!.map(({ name }) => name);
        return names.includes('pds-signed')
          ? 'signed'
          : names.some((name) => name === 'abandoned' || name === 'not-admissible')
            ? 'lost'
            : 'waiting';
      });
    };
    const number = (outcomes: readonly string[], outcome: string) =>
      outcomes.filter((one) => one === outcome).length;
    const [then, now] = [at('2020-12-31'), at(NOW)];
    expect(['signed', 'lost', 'waiting'].map((outcome) => number(then, outcome))).toEqual([584, 0, 365]);
    expect(['signed', 'lost', 'waiting'].map((outcome) => number(now, outcome))).toEqual([714, 145, 90]);
  });
});

describe('corrections', () => {
  const retractions = named('retracted');
  const target = ({ data, subject }: DemoEvent) =>
    events.find(
      (event) => event.source === data['source'] && event.id === data['id'] && event.subject === subject,
    );

  it('are few, and each takes back an event that was recorded before', () => {
    expect(retractions.length).toBeGreaterThan(20);
    expect(retractions.length).toBeLessThan(40);
    for (const one of retractions) expect(target(one)!.recordedtime < one.recordedtime).toBe(true);
  });

  it('showed other figures before they were made', () => {
    const wrong = retractions
      .map(target)
      .filter((event) => event!.type === 'it.mip.pds-signed.v1' && event!.time < '2021');
    expect(wrong.length).toBe(3);
    for (const event of wrong) {
      const pactAt = (knownAt: string) =>
        visible(events, knownAt, NOW).find(
          ({ subject, name }) => subject === event!.subject && name === 'pds-signed',
        );
      expect(pactAt(romeDay(Date.parse(event!.recordedtime)))!.data).toEqual(event!.data);
      expect(pactAt('2020-12-31')!.data).not.toEqual(event!.data);
    }
  });
});
