import { figure, series, statement, table, text, value } from '../build.js';
import { type FigureItem } from '../document.js';
import { defineItem, type Questions } from '../item-definition.js';
import { column, monthColumns, monthRow, openMonths, placeLines } from '../lines.js';
import { funnelSources } from '../links.js';
import { sumOf, totalOf } from '../reading.js';
import { type ReportMonth, type ReportScope } from '../scope.js';
import { type FigureAnswer } from '#figures';

/** Table 7 with Figure 14: choices of the SA by SA and month. */
export const choices = defineItem({
  asks: (scope) => ({ bySa: { figure: 'monthly', selection: scope.inYear(['sa']) } }) satisfies Questions,
  items(scope, { bySa }) {
    const months = openMonths(scope, 'saChosen', bySa);
    const sources = funnelSources(scope, ['saChosen'], 'sa');
    const options = { first: 'sa', months, answer: bySa, count: 'saChosen', stage: 'saChosen' } as const;
    return [
      table(scope, 7, {
        columns: monthColumns(scope, column('sa', scope.say('sa'), 'text'), months),
        rows: placeLines(scope, 'sa').map((line) => monthRow(scope, line, options)),
        sources,
      }),
      saFigure(scope, 14, 'saChosen', bySa, months),
      text(scope, 'choices-text', [
        statement(scope, 'choices-returning', [
          value('all', scope.say('saChosen'), totalOf(bySa, 'saChosen')),
          value('returning', scope.say('returning'), totalOf(bySa, 'returning.saChosen')),
        ]),
      ]),
    ];
  },
});

/** What each SA counts, month upon month. */
export function saFigure(
  scope: ReportScope,
  number: number,
  stage: 'saChosen' | 'pdsSigned',
  bySa: FigureAnswer,
  months: readonly ReportMonth[],
): FigureItem {
  const sas = scope.inUse(scope.catalogue.sas);
  return figure(scope, number, 'bars', {
    unit: 'people',
    categories: sas.map(({ code, name }) => ({ key: code, label: name })),
    series: months.map(({ key, number: month }) =>
      series(
        key,
        scope.month(month),
        sas.map(({ code }) => sumOf(bySa, stage, { sa: code, month: key })),
      ),
    ),
    sources: funnelSources(scope, [stage], 'sa'),
  });
}
