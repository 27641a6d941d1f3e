import { type FigureAnswer } from '#figures';
import { percentage } from '#measures';
import { figure, series, statement, table, territoryCategories, text, value } from '../build.js';
import { defineItem, type Questions } from '../item-definition.js';
import { column, monthColumns, monthRow, openMonths, placeLines } from '../lines.js';
import { figureSource, funnelSources } from '../links.js';
import { wholePercentage } from '../rates.js';
import { sumOf, totalOf } from '../reading.js';
import { type ReportScope } from '../scope.js';
import { saFigure } from './choices.js';

const asks = (scope: ReportScope) =>
  ({
    bySa: { figure: 'monthly', selection: scope.inYear(['sa']) },
    byTerritory: { figure: 'monthly', selection: scope.inYear(['territory']) },
  }) satisfies Questions;

/** Table 9 with Figures 16 and 15: pacts by SA and month, and their share of the year's choices. */
export const pacts = defineItem({
  asks,
  items(scope, { bySa, byTerritory }) {
    const months = openMonths(scope, 'pdsSigned', bySa);
    const options = { first: 'sa', months, answer: bySa, count: 'pdsSigned', stage: 'pdsSigned' } as const;
    const ratio = figureSource(scope, 'funnel/period-ratio', {
      fromStage: 'saChosen',
      toStage: 'pdsSigned',
      groupBy: 'territory',
    });
    const rows = placeLines(scope, 'sa').map((line) => {
      const row = monthRow(scope, line, options);
      const chosen = sumOf(bySa, 'saChosen', line.where);
      const signed = sumOf(bySa, 'pdsSigned', line.where);
      return { ...row, cells: { ...row.cells, choices: chosen, pctOfChoices: percentage(signed, chosen) } };
    });
    const territories = territoryCategories(scope);
    const signedIn = territories.map(({ key }) => sumOf(byTerritory, 'pdsSigned', { territory: key }));
    const shares = signedIn.map((signed) => percentage(signed, totalOf(byTerritory, 'pdsSigned')));
    return [
      table(scope, 9, {
        columns: [
          ...monthColumns(scope, column('sa', scope.say('sa'), 'text'), months),
          column('choices', scope.say('choices')),
          column('pctOfChoices', scope.say('pctOfChoices'), 'percent'),
        ],
        rows,
        sources: [...funnelSources(scope, ['pdsSigned'], 'sa'), ratio],
      }),
      saFigure(scope, 16, 'pdsSigned', bySa, months),
      figure(scope, 15, 'columns', {
        unit: 'people',
        categories: territories,
        series: [
          series('signed', scope.say('pdsSigned'), signedIn),
          series('share', scope.say('share'), shares, { format: 'percent', axis: 'right' }),
        ],
        sources: funnelSources(scope, ['pdsSigned'], 'territory'),
      }),
      told(scope, byTerritory, signedIn),
    ];
  },
});

function told(scope: ReportScope, byTerritory: FigureAnswer, signedIn: readonly number[]) {
  const [signed, chosen] = [totalOf(byTerritory, 'pdsSigned'), totalOf(byTerritory, 'saChosen')];
  return text(scope, 'pacts-text', [
    statement(scope, 'awaiting-pact', [
      value('choices', scope.say('choices'), chosen),
      value('signed', scope.say('pdsSigned'), signed),
      value('awaiting', scope.say('difference'), chosen - signed),
    ]),
    statement(
      scope,
      'pact-share',
      territoryCategories(scope).map(({ key }, index) =>
        value(key, key, wholePercentage(signedIn[index]!, signed), 'wholePercent'),
      ),
    ),
  ]);
}
