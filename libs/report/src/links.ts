import { type Stage } from '#events';
import { type Source } from './document.js';
import { type ReportScope } from './scope.js';

type Parameters = Readonly<Record<string, string | number | boolean | undefined>>;

/** The address of a request at the report's cut-offs. */
export function linkTo(scope: ReportScope, path: string, parameters: Parameters): string {
  const { until, knownAt } = scope.question;
  const all = { ...parameters, until: until ?? undefined, knownAt: knownAt ?? undefined };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
  return `/v1/${path}?${query.toString().replaceAll('%2C', ',')}`;
}

/** The people behind a count of entries. */
export function peopleLink(scope: ReportScope, stage: Stage, parameters: Parameters): string {
  return linkTo(scope, 'journeys', { stage, ...parameters });
}

/** What an item that counts entries by month was made from. */
export function funnelSources(scope: ReportScope, stages: readonly Stage[], groupBy?: string): Source[] {
  const window = scope.yearParameters();
  return [
    { kind: 'figure', href: linkTo(scope, 'funnel/monthly', { ...window, groupBy }) },
    ...stages.map((stage): Source => ({ kind: 'people', href: peopleLink(scope, stage, window) })),
    { kind: 'replay', href: linkTo(scope, 'audit/replay', { ...window, groupBy }) },
  ];
}

/** The figure that an item shows, of the report's year. */
export function figureSource(scope: ReportScope, path: string, parameters: Parameters = {}): Source {
  return { kind: 'figure', href: linkTo(scope, path, { ...scope.yearParameters(), ...parameters }) };
}
