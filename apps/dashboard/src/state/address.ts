import { signal } from '@preact/signals';
import { isDay, isDayOrInstant } from './days.js';

export const PAGES = ['funnel', 'hysteresis', 'past', 'journeys', 'report', 'quality'] as const;
export type Page = (typeof PAGES)[number];

/** Parameters that stay when the page changes: the language, and what all figures are cut and filtered by. */
const SHARED = ['lang', 'from', 'to', 'knownAt', 'territory'];

/** What a parameter of the address must be; all others are lists of words, and an unknown word counts as none. */
const FORMS: Readonly<Record<string, (text: string) => boolean>> = {
  from: isDay,
  to: isDay,
  since: isDay,
  knownAt: isDayOrInstant,
  until: isDayOrInstant,
};

export interface Refused {
  readonly name: string;
  readonly value: string;
}

export interface Address {
  readonly page: Page;
  readonly params: URLSearchParams;
  /** Parameters that are not what they must be; they are told of, and not used. */
  readonly refused: readonly Refused[];
}

export const pathOf = (page: Page): string => (page === 'funnel' ? '/' : `/${page}`);

export function parseAddress(path: string, search: string): Address {
  const page = PAGES.find((one) => pathOf(one) === path) ?? 'funnel';
  const params = new URLSearchParams(search);
  const refused = [...params]
    .map(([name, value]) => ({ name, value }))
    .filter(({ name, value }) => Object.hasOwn(FORMS, name) && !FORMS[name]!(value));
  const [from, to] = [params.get('from'), params.get('to')];
  if (refused.length === 0 && from !== null && to !== null && from > to) {
    refused.push({ name: 'to', value: to });
  }
  for (const { name } of refused) params.delete(name);
  return { page, params, refused };
}

/** All that the page shows follows from its address: a copied link shows the same. */
export const address = signal<Address>(parseAddress('/', ''));

export function followAddress(): void {
  const read = () => {
    address.value = parseAddress(location.pathname, location.search);
  };
  window.addEventListener('popstate', read);
  read();
}

/** The value of a parameter; reading it in a component makes the component follow it. */
export function param(name: string): string | null {
  return address.value.params.get(name);
}

export type Changes = Readonly<Record<string, string | null>>;

/** Parameters with some of them set, and those that are null left out. */
export function withChanges(params: URLSearchParams, changes: Changes): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return next;
}

export function linkTo(page: Page, changes: Changes = {}): string {
  const kept = new URLSearchParams();
  for (const name of SHARED) {
    const value = param(name);
    if (value !== null) kept.set(name, value);
  }
  return addressText(page, withChanges(kept, changes));
}

/** A link to this page as it is, with some parameters set. */
export function linkHere(changes: Changes): string {
  const { page, params } = address.value;
  return addressText(page, withChanges(params, changes));
}

function addressText(page: Page, params: URLSearchParams): string {
  const query = params.toString();
  return query === '' ? pathOf(page) : `${pathOf(page)}?${query}`;
}

/** Sets parameters of this page. Small moves, as of a slider, replace the entry of the browser's history. */
export function change(changes: Changes, how: 'push' | 'replace' = 'push'): void {
  const { page, params, refused } = address.peek();
  const next = withChanges(params, changes);
  if (next.toString() === params.toString()) return;
  const text = addressText(page, next);
  if (how === 'push') history.pushState(null, '', text);
  else history.replaceState(null, '', text + location.hash);
  address.value = { page, params: next, refused: how === 'push' ? [] : refused };
}

/** Shows what a link of this site leads to, without loading the page again. */
export function follow(href: string): void {
  history.pushState(null, '', href);
  const { pathname, search } = new URL(href, location.href);
  address.value = parseAddress(pathname, search);
}
