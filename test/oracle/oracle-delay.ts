import {
  dayOf,
  dimensionsOf,
  firstRegistered,
  type OracleCatalogue,
  type OracleFact,
} from './oracle-facts.js';
import { visibleByScope } from './oracle-other-figures.js';
import {
  combination,
  compareCombinations,
  distinct,
  inWindow,
  named,
  type OracleQuestion,
  passes,
  type Row,
} from './oracle-rows.js';

const NAMES = [
  'registered',
  'booked',
  'booking-cancelled',
  'attended',
  'absent',
  'sa-chosen',
  'reception-held',
  'pds-signed',
  'not-admissible',
  'abandoned',
  'questionnaire-sent',
  'questionnaire-completed',
  'meeting-held',
  'contact-handled',
  'web-traffic',
];

const DAY = 86_400_000;

/** The p-quantile as R's type 7 has it: with h = (n − 1)p + 1, x[⌊h⌋] + (h − ⌊h⌋)(x[⌊h⌋ + 1] − x[⌊h⌋]), from 1. */
function quantile7(values: readonly number[], p: number): number | null {
  if (values.length === 0) return null;
  const x = [NaN, ...[...values].sort((a, b) => a - b)];
  const h = (values.length - 1) * p + 1;
  const floor = Math.floor(h);
  return floor === values.length ? x[floor]! : x[floor]! + (h - floor) * (x[floor + 1]! - x[floor]!);
}

const summary = (delays: readonly number[]): Row => ({
  count: delays.length,
  median: quantile7(delays, 0.5),
  p90: quantile7(delays, 0.9),
  max: delays.length === 0 ? null : Math.max(...delays),
});

const dayNumber = (day: string) => Date.parse(day) / DAY;
const shifted = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

/**
 * The last day of which 99 % of the facts of a type are on record at an instant, going by all that are visible: with
 * n(j) facts of a delay of j days among the Y(j) that are no slower and happened j days before the last whole day, the
 * share within d days is the product of 1 − n(j)/Y(j) over j > d.
 */
export function oracleSettledTo(facts: readonly { time: number; recorded: number }[], end: number): string {
  const lastWhole = shifted(dayOf(end + 1), -1);
  const known = facts
    .filter(({ recorded }) => dayOf(recorded) <= lastWhole)
    .map(({ time, recorded }) => ({
      delay: Math.max(0, dayNumber(dayOf(recorded)) - dayNumber(dayOf(time))),
      seen: Math.max(0, dayNumber(lastWhole) - dayNumber(dayOf(time))),
    }));
  let days = Math.max(0, ...known.map(({ delay }) => delay));
  for (let share = 1; days > 0; days--) {
    const slow = known.filter(({ delay }) => delay === days).length;
    share *= 1 - slow / known.filter(({ delay, seen }) => delay <= days && seen >= days).length;
    if (share < 0.99) break;
  }
  return shifted(lastWhole, -days);
}

function lastDayOfMonth(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

function placeOf(
  fact: OracleFact,
  facts: readonly OracleFact[],
  question: OracleQuestion,
  catalogue: OracleCatalogue,
) {
  const { name, data } = fact;
  if (name === 'contact-handled' || name === 'web-traffic') return { territory: 'none', sa: 'none' };
  if (name === 'meeting-held') {
    return { territory: catalogue.venues.find(({ code }) => code === data['venue'])!.territory, sa: 'none' };
  }
  if (name.startsWith('questionnaire')) {
    const sa = catalogue.sas.find(({ code }) => code === data['sa'])!;
    return { territory: sa.territory, sa: sa.code };
  }
  const journey = facts.filter(
    ({ subject, name: one }) => subject === fact.subject && one !== 'meeting-held',
  );
  const { territory, sa } = dimensionsOf(fact, firstRegistered(journey, question), catalogue);
  return { territory: territory!, sa: sa! };
}

/** How long after they occurred facts were recorded, by month and type. */
export function oracleRecordingDelay(
  facts: readonly OracleFact[],
  question: OracleQuestion,
  catalogue: OracleCatalogue,
  now: number,
): { items: Row[]; totals: Row } {
  const seen = NAMES.flatMap((name) =>
    visibleByScope(facts, name, question)
      .flat()
      .map((fact) => ({
        name,
        delay: (fact.recorded - fact.time) / DAY,
        fact,
        day: dayOf(fact.time),
        dimensions: placeOf(fact, facts, question, catalogue),
      })),
  );
  const counted = seen.filter(
    ({ day, dimensions }) => inWindow(day, question) && passes(dimensions, question),
  );
  const { groupBy } = question;
  const compare = compareCombinations(groupBy, catalogue);
  const cells = distinct(
    counted.map(({ day, dimensions }) => [day.slice(0, 7), ...combination(dimensions, groupBy)]),
  ).sort((a, b) => (a[0] === b[0] ? compare(a.slice(1), b.slice(1)) : a[0]! < b[0]! ? -1 : 1));
  const end = Math.min(question.knownAt ?? now, now);
  const complete = (month: string, name: string) => {
    const { to, until } = question;
    const lasts = [
      lastDayOfMonth(month),
      to ?? '9999-12-31',
      until === undefined ? '9999-12-31' : dayOf(until),
    ];
    const facts = seen.filter((one) => one.name === name).map(({ fact }) => fact);
    return lasts.sort()[0]! <= oracleSettledTo(facts, end);
  };
  const items = cells.flatMap(([month, ...values]) =>
    NAMES.flatMap((name) => {
      const delays = counted
        .filter(
          (one) =>
            one.name === name &&
            one.day.slice(0, 7) === month &&
            combination(one.dimensions, groupBy).join('|') === values.join('|'),
        )
        .map(({ delay }) => delay);
      if (delays.length === 0) return [];
      const type = `it.mip.${name}.v1`;
      return [
        { month, ...named(groupBy, values), type, ...summary(delays), complete: complete(month!, name) },
      ];
    }),
  );
  return { items, totals: summary(counted.map(({ delay }) => delay)) };
}
