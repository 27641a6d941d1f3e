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
import { column, monthColumns, monthRow, territoryLines } from '../lines.js';
import { funnelSources } from '../links.js';
import { wholePercentage } from '../rates.js';
import { sumOf, totalOf } from '../reading.js';
import { type ReportScope } from '../scope.js';
import { type Answers, type Questions } from '../item-definition.js';

const asks = (scope: ReportScope) =>
  ({ now: { figure: 'monthly', selection: scope.inYear(['territory']) } }) satisfies Questions;

type Registered = Answers<ReturnType<typeof asks>>;

/** Table 2 with Figures 4 and 5: who registered in the year, by territory. */
export const registered = defineItem({
  asks,
  items(scope, answers) {
    const { now } = answers;
    const months = scope.months();
    const sources = funnelSources(scope, ['registered'], 'territory');
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
    const territories = territoryCategories(scope);
    return [
      table(scope, 2, {
        columns: monthColumns(scope, first, months),
        rows: territoryLines(scope).map((line) => monthRow(scope, line, options)),
        sources,
      }),
      figure(scope, 4, 'columns', {
        unit: 'people',
        categories: monthCategories(scope),
        series: territorySeries(scope, (code) =>
          months.map(({ key: month }) => sumOf(now, 'registered', { territory: code, month })),
        ),
        sources,
      }),
      figure(scope, 5, 'bars', {
        unit: 'share',
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
    ];
  },
});

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
