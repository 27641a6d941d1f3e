import { computed, signal } from '@preact/signals';
import { type FunnelRow, type List } from '../api/answers.js';
import { type Parameters, request } from '../api/client.js';
import { language } from '../i18n/language.js';
import { change, param } from './address.js';

/** What months the facts are of. */
export interface Span {
  /** `2017-01` */
  readonly first: string;
  readonly last: string;
  readonly years: readonly number[];
  /** The last year with a number of registrations that says something: what the page shows first. */
  readonly year: number;
}

export const span = signal<Span | undefined>(undefined);

export const today = (): string => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Rome' });

/** A year with fewer registrations than this share of the fullest one has hardly begun, or holds strays. */
const MEANINGFUL = 0.05;

function shownFirst(rows: readonly Pick<FunnelRow, 'month' | 'registered'>[], otherwise: number): number {
  const years = new Map<number, number>();
  for (const { month, registered } of rows) {
    const year = Number(month.slice(0, 4));
    years.set(year, (years.get(year) ?? 0) + registered);
  }
  const most = Math.max(0, ...years.values());
  const found = [...years].filter(([, registered]) => registered > 0 && registered >= MEANINGFUL * most);
  return found.length === 0 ? otherwise : Math.max(...found.map(([year]) => year));
}

export function spanOf(rows: readonly Pick<FunnelRow, 'month' | 'registered'>[], now: string): Span {
  const first = rows[0]?.month ?? now.slice(0, 7);
  const last = rows.at(-1)?.month ?? now.slice(0, 7);
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  return {
    first,
    last,
    years: Array.from({ length: to - from + 1 }, (_, index) => from + index),
    year: shownFirst(rows, to),
  };
}

/** The years to choose from, the last one first; the one that is shown is among them even if nothing is of it. */
export function yearChoices(shown: number | undefined) {
  const years = new Set([...(span.value?.years ?? []), ...(shown === undefined ? [] : [shown])]);
  return [...years].sort((a, b) => b - a).map((year) => ({ value: String(year), label: String(year) }));
}

export const yearWindow = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` });

/** Finds out what there is, and writes what the page shows by default into its address. */
export async function readSpan(): Promise<void> {
  const { items } = await request<List<FunnelRow>>('/v1/funnel/monthly');
  const found = spanOf(items, today());
  span.value = found;
  const { from, to } = period.peek();
  change({ lang: language.peek(), from, to }, 'replace');
}

export interface Window {
  readonly from: string;
  readonly to: string;
  readonly knownAt: string | null;
  readonly territory: string | null;
}

/** The window that all figures of the page are asked for. */
export const period = computed<Window>(() => {
  const [from, to] = [param('from'), param('to')];
  const year = (from ?? to)?.slice(0, 4) ?? span.value?.year ?? new Date().getFullYear();
  const whole = yearWindow(Number(year));
  return {
    from: from ?? whole.from,
    to: to ?? whole.to,
    knownAt: param('knownAt'),
    territory: param('territory'),
  };
});

export const windowParameters = (): Parameters => ({ ...period.value });

/** The window without the territory, for what is told of all territories together. */
export function daysParameters(): Parameters {
  const { from, to, knownAt } = period.value;
  return { from, to, knownAt };
}

/** A day moved by so many years; 29 February becomes the 28th where there is none. */
export function movedByYears(day: string, years: number): string {
  const year = Number(day.slice(0, 4)) + years;
  const moved = `${String(year).padStart(4, '0')}${day.slice(4)}`;
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return moved.endsWith('-02-29') && !leap ? moved.replace('-02-29', '-02-28') : moved;
}

/** The year of a window that is a whole calendar year. */
export function wholeYear({ from, to }: Pick<Window, 'from' | 'to'>): number | undefined {
  const year = Number(from.slice(0, 4));
  const whole = yearWindow(year);
  return from === whole.from && to === whole.to ? year : undefined;
}
