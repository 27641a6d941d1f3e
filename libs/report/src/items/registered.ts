import { percentage } from '#measures';
import {
  figure,
  monthCategories,
  series,
  statement,
  table,
  territoryCategories,
  territorySeries,
  text,
  value,
} from '../build.js';
import { defineItem } from '../item-definition.js';
import { column, monthColumns, monthRow, plainRow, territoryLines } from '../lines.js';
import { funnelSources, peopleLink } from '../links.js';
import { changePct, wholePercentage } from '../rates.js';
import { sumOf, totalOf } from '../reading.js';
import { monthParameters, type ReportScope } from '../scope.js';
import { type Answers, type Questions } from '../item-definition.js';

const asks = (scope: ReportScope) =>
  ({
    now: { figure: 'monthly', selection: scope.inYear(['territory']) },
    before: { figure: 'monthly', selection: scope.inYear(['territory'], scope.before) },
  }) satisfies Questions;

type Registered = Answers<ReturnType<typeof asks>>;

/** Table 2 with Figures 4, 5 and 7, and how the registrations changed from month to month and from year to year. */
export const registered = defineItem({
  asks,
  items(scope, answers) {
    const { now, before } = answers;
    const months = scope.months();
    const sources = funnelSources(scope, ['registered'], 'territory');
    const ofMonth = (month: string, territory?: string) =>
      sumOf(month.startsWith(String(scope.year)) ? now : before, 'registered', { month, territory });
    const share = (territory: string) =>
      percentage(sumOf(now, 'registered', { territory }), totalOf(now, 'registered'));
    const first = column('territory', scope.say('territory'), 'text');
    const options = {
      first: 'territory',
      months,
      answer: now,
      count: 'registered',
      stage: 'registered',
    } as const;
    const yearOf = (year: number) => scope.months(year).map(({ key }) => ofMonth(key));
    const territories = territoryCategories(scope);
    return [
      table(scope, 2, {
        columns: monthColumns(scope, first, months),
        rows: territoryLines(scope).map((line) => monthRow(scope, line, options)),
        sources,
      }),
      figure(scope, 4, 'columns', {
        categories: monthCategories(scope),
        series: territorySeries(scope, (code) => months.map(({ key }) => ofMonth(key, code))),
        sources,
      }),
      figure(scope, 5, 'bars', {
        categories: territories,
        series: [
          series(
            'share',
            scope.say('share'),
            territories.map(({ key }) => share(key)),
            { format: 'percent' },
          ),
        ],
        sources,
      }),
      shares(scope, answers),
      figure(scope, 7, 'columns', {
        categories: monthCategories(scope),
        series: [
          series('before', String(scope.before), yearOf(scope.before)),
          series('now', String(scope.year), yearOf(scope.year)),
        ],
        sources,
      }),
      twoYears(scope, ofMonth),
      changes(scope, ofMonth),
    ];
  },
});

type CountOfMonth = (month: string, territory?: string) => number;

function shares(scope: ReportScope, { now }: Registered) {
  const all = totalOf(now, 'registered');
  const main = scope.mainTerritory;
  if (main === undefined) return text(scope, 'registered-text', []);
  const whole = wholePercentage(sumOf(now, 'registered', { territory: main }), all);
  return text(scope, 'registered-text', [
    statement(scope, 'registered-share', [
      value(main, main, whole, 'wholePercent'),
      // What remains to a hundred, as the report prints it.
      value('others', scope.say('others'), whole === null ? null : 100 - whole, 'wholePercent'),
    ]),
  ]);
}

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
