import { figure, monthCategories, series, table } from '../build.js';
import { defineItem, type Questions } from '../item-definition.js';
import { column, plainRow, territoryLines } from '../lines.js';
import { funnelSources, peopleLink } from '../links.js';
import { changePct } from '../rates.js';
import { sumOf } from '../reading.js';
import { monthParameters, type ReportScope } from '../scope.js';

const asks = (scope: ReportScope) =>
  ({
    now: { figure: 'monthly', selection: scope.inYear(['territory']) },
    before: { figure: 'monthly', selection: scope.inYear(['territory'], scope.before) },
  }) satisfies Questions;

/** Figure 7, and how the registrations changed from year to year and from month to month. */
export const registeredByMonth = defineItem({
  asks,
  items(scope, { now, before }) {
    const ofMonth = (month: string, territory?: string) =>
      sumOf(month.startsWith(String(scope.year)) ? now : before, 'registered', { month, territory });
    const yearOf = (year: number) => scope.months(year).map(({ key }) => ofMonth(key));
    return [
      figure(scope, 7, 'columns', {
        unit: 'people',
        categories: monthCategories(scope),
        series: [
          series('before', String(scope.before), yearOf(scope.before)),
          series('now', String(scope.year), yearOf(scope.year)),
        ],
        sources: funnelSources(scope, ['registered'], 'territory'),
      }),
      twoYears(scope, ofMonth),
      changes(scope, ofMonth),
    ];
  },
});

type CountOfMonth = (month: string, territory?: string) => number;

/** Month by month beside the year before. */
function twoYears(scope: ReportScope, ofMonth: CountOfMonth) {
  const cells = (before: number, now: number) => ({
    before,
    now,
    difference: now - before,
    changePct: changePct(now, before),
  });
  const pairs = scope.months().map((month) => {
    const counts = [ofMonth(`${scope.before}-${month.number}`), ofMonth(month.key)] as const;
    return { month, counts };
  });
  const rows = pairs.map(({ month, counts: [before, now] }) =>
    plainRow(
      { key: month.number, kind: 'item' },
      { month: scope.month(month.number, 'long'), ...cells(before, now) },
      { now: now > 0 ? peopleLink(scope, 'registered', monthParameters(month)) : undefined },
    ),
  );
  const sum = (at: 0 | 1) => pairs.reduce((total, { counts }) => total + counts[at], 0);
  rows.push(
    plainRow({ key: 'total', kind: 'total' }, { month: scope.say('total'), ...cells(sum(0), sum(1)) }),
  );
  return table(scope, 'registered-two-years', {
    columns: [
      column('month', scope.say('month'), 'text'),
      column('before', String(scope.before)),
      column('now', String(scope.year)),
      column('difference', scope.say('difference')),
      column('changePct', scope.say('changePct'), 'percent'),
    ],
    rows,
    sources: funnelSources(scope, ['registered']),
  });
}

/** The change on the month before, by territory. */
function changes(scope: ReportScope, ofMonth: CountOfMonth) {
  const months = [`${scope.before}-12`, ...scope.months().map(({ key }) => key)];
  const rows = territoryLines(scope).map((line) => {
    const { territory } = line.parameters;
    const cells = months.slice(1).map((month, index) => {
      return [month, changePct(ofMonth(month, territory), ofMonth(months[index]!, territory))];
    });
    return plainRow(line, { territory: line.label, ...(Object.fromEntries(cells) as object) });
  });
  const ofMonths = scope.months().map(({ key, number }) => column(key, scope.month(number), 'percent'));
  return table(scope, 'registered-change', {
    columns: [column('territory', scope.say('territory'), 'text'), ...ofMonths],
    rows,
    sources: funnelSources(scope, ['registered'], 'territory'),
  });
}
