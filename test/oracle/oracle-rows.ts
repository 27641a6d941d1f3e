import { type OracleCatalogue, type OracleCut } from './oracle-facts.js';

export interface OracleQuestion extends OracleCut {
  readonly from?: string;
  readonly to?: string;
  readonly groupBy: readonly string[];
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

export type Row = Record<string, unknown>;

const PROFILE_VALUES: Record<string, readonly string[]> = {
  mode: ['in_person', 'online', 'phone'],
  gender: ['F', 'M', 'X'],
  education: ['none', 'lower', 'diploma', 'bachelor', 'master'],
  employment: ['employed', 'not_employed', 'student', 'other'],
};

/** All values of a dimension in the order of answers, `unknown` and `none` last. */
function valuesInOrder(key: string, catalogue: OracleCatalogue): string[] {
  const lists: Record<string, readonly { readonly code: string }[]> = {
    territory: catalogue.territories,
    venue: catalogue.venues,
    sa: catalogue.sas,
  };
  const known = lists[key]?.map(({ code }) => code) ?? [...PROFILE_VALUES[key]!];
  return key === 'education' ? [...known, 'unknown'] : [...known, 'unknown', 'none'];
}

/** Every venue, every SA and every territory by itself, as the dimensions of something counted there. */
function placesOf({ territories, venues, sas }: OracleCatalogue): Record<string, string>[] {
  const nowhere = { venue: 'none', mode: 'none', sa: 'none' };
  return [
    ...territories.map(({ code }) => ({ ...nowhere, territory: code })),
    ...venues.map(({ code, territory, mode }) => ({ ...nowhere, territory, mode, venue: code })),
    ...sas.map(({ code, territory }) => ({ ...nowhere, territory, sa: code })),
  ];
}

/** The codes of a key that have a row in any case. */
function codesOf(key: string, { filters }: OracleQuestion, catalogue: OracleCatalogue): string[] {
  const others = CATALOGUE_KEYS.filter((other) => other !== key && filters[other]);
  const codes = valuesInOrder(key, catalogue).filter((code) => code !== 'unknown' && code !== 'none');
  return codes
    .filter((code) => filters[key]?.includes(code) ?? true)
    .filter(
      (code) =>
        others.length === 0 ||
        placesOf(catalogue).some(
          (place) => place[key] === code && others.every((other) => filters[other]!.includes(place[other]!)),
        ),
    );
}

const CATALOGUE_KEYS = ['territory', 'venue', 'mode', 'sa'];

export const passes = (dimensions: Readonly<Record<string, string>>, question: OracleQuestion) =>
  Object.entries(question.filters).every(([key, values]) => values.includes(dimensions[key]!));

export const inWindow = (day: string, { from, to }: { from?: string; to?: string }) =>
  (from === undefined || day >= from) && (to === undefined || day <= to);

function monthsOf(from: string, to: string): string[] {
  const months: string[] = [];
  let [year, month] = from.split('-').map(Number) as [number, number];
  for (;;) {
    const text = `${year}-${String(month).padStart(2, '0')}`;
    if (text > to.slice(0, 7)) return months;
    months.push(text);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
}

export const combination = (dimensions: Readonly<Record<string, string>>, groupBy: readonly string[]) =>
  groupBy.map((key) => dimensions[key]!);

export function compareCombinations(groupBy: readonly string[], catalogue: OracleCatalogue) {
  const orders = groupBy.map((key) => valuesInOrder(key, catalogue));
  return (a: readonly string[], b: readonly string[]) => {
    for (const [index, order] of orders.entries()) {
      const difference = order.indexOf(a[index]!) - order.indexOf(b[index]!);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

export function distinct(combinations: readonly (readonly string[])[]): string[][] {
  return [...new Set(combinations.map((values) => JSON.stringify(values)))].map(
    (text) => JSON.parse(text) as string[],
  );
}

export const named = (groupBy: readonly string[], values: readonly string[]): Row =>
  Object.fromEntries(groupBy.map((key, index) => [key, values[index]]));

/** A counted thing: its Rome day and its dimensions. */
export interface Counted {
  readonly day: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The months, the groups and what of the counted things lies in the window: the rows of all monthly figures. */
export function monthlyRows<T extends Counted>(
  things: readonly T[],
  question: OracleQuestion,
  catalogue: OracleCatalogue,
): { months: string[]; groups: string[][]; inside: T[] } {
  const { groupBy } = question;
  const counted = things.filter(({ dimensions }) => passes(dimensions, question));
  const days = counted.map(({ day }) => day).sort();
  const from = question.from ?? days[0];
  const to = question.to ?? days.at(-1);
  const months = from === undefined || to === undefined || from > to ? [] : monthsOf(from, to);
  const inside = counted.filter(({ day }) => inWindow(day, { from, to }));

  let groups = distinct(inside.map(({ dimensions }) => combination(dimensions, groupBy)));
  if (groupBy.length === 0) groups = [[]];
  if (groupBy.length === 1 && CATALOGUE_KEYS.includes(groupBy[0]!)) {
    const listed = codesOf(groupBy[0]!, question, catalogue);
    groups = distinct([...listed.map((code) => [code]), ...groups]);
  }
  groups.sort(compareCombinations(groupBy, catalogue));
  return { months, groups, inside };
}
