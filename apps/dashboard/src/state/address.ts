import { signal } from '@preact/signals';

export const PAGES = ['funnel', 'hysteresis', 'past', 'journeys', 'report', 'quality'] as const;
export type Page = (typeof PAGES)[number];

/** Parameters that stay when the page changes: the language, and what all figures are cut and filtered by. */
const SHARED = ['lang', 'from', 'to', 'knownAt', 'territory'];

export interface Address {
  readonly page: Page;
  readonly params: URLSearchParams;
}

export const pathOf = (page: Page): string => (page === 'funnel' ? '/' : `/${page}`);

export function parseAddress(path: string, search: string): Address {
  const page = PAGES.find((one) => pathOf(one) === path) ?? 'funnel';
  return { page, params: new URLSearchParams(search) };
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

function addressText(page: Page, params: URLSearchParams): string {
  const query = params.toString();
  return query === '' ? pathOf(page) : `${pathOf(page)}?${query}`;
}

/** Sets parameters of this page. Small moves, as of a slider, replace the entry of the browser's history. */
export function change(changes: Changes, how: 'push' | 'replace' = 'push'): void {
  const { page, params } = address.value;
  const next = withChanges(params, changes);
  if (next.toString() === params.toString()) return;
  const text = addressText(page, next);
  if (how === 'push') history.pushState(null, '', text);
  else history.replaceState(null, '', text);
  address.value = { page, params: next };
}

/** Shows what a link of this site leads to, without loading the page again. */
export function follow(href: string): void {
  history.pushState(null, '', href);
  const { pathname, search } = new URL(href, location.href);
  address.value = parseAddress(pathname, search);
}
