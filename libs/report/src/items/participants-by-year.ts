import { figure, series, statement, table, territoryCategories, text, value } from '../build.js';
import { defineItem, type Questions } from '../item-definition.js';
import { column, type Line, plainRow, territoryLines } from '../lines.js';
import { funnelSources, peopleLink } from '../links.js';
import { changePct, wholePercentage } from '../rates.js';
import { sumOf } from '../reading.js';
import { type ReportScope } from '../scope.js';

const asks = (scope: ReportScope) =>
  ({
    now: { figure: 'monthly', selection: scope.inYear(['territory']) },
    before: { figure: 'monthly', selection: scope.inYear(['territory'], scope.before) },
  }) satisfies Questions;

/** Table 5 with Figure 13: participants of this year and of the one before. */
export const participantsByYear = defineItem({
  asks,
  items(scope, { now, before }) {
    const counts = (territory?: string) =>
      [sumOf(before, 'attended', { territory }), sumOf(now, 'attended', { territory })] as const;
    const rows = territoryLines(scope).map((line) =>
      rowOf(scope, line, counts(line.parameters['territory'])),
    );
    const sources = funnelSources(scope, ['attended'], 'territory');
    const territories = territoryCategories(scope);
    const [allBefore, all] = counts();
    return [
      table(scope, 5, {
        columns: [
          column('territory', scope.say('territory'), 'text'),
          column('before', String(scope.before)),
          column('now', String(scope.year)),
          column('difference', scope.say('difference')),
          column('changePct', scope.say('changePct'), 'percent'),
        ],
        rows,
        sources,
      }),
      figure(scope, 13, 'columns', {
        unit: 'people',
        categories: territories,
        series: [
          series(
            'before',
            String(scope.before),
            territories.map(({ key }) => counts(key)[0]),
          ),
          series(
            'now',
            String(scope.year),
            territories.map(({ key }) => counts(key)[1]),
          ),
        ],
        sources,
      }),
      text(scope, 'participants-by-year-text', [
        statement(scope, 'participants-fewer', [
          value('fewer', scope.say('fewer'), allBefore - all),
          value('pct', scope.say('ofYearBefore'), wholeLess(allBefore - all, allBefore), 'wholePercent'),
        ]),
      ]),
    ];
  },
});

function rowOf(scope: ReportScope, line: Line, [before, now]: readonly [number, number]) {
  const link = (year: number) =>
    peopleLink(scope, 'attended', { ...scope.yearParameters(year), ...line.parameters });
  const cells = { before, now, difference: now - before, changePct: changePct(now, before) };
  return plainRow(
    line,
    { territory: line.label, ...cells },
    { before: before > 0 ? link(scope.before) : undefined, now: now > 0 ? link(scope.year) : undefined },
  );
}

/** How much less in whole percent; more is negative. */
function wholeLess(less: number, whole: number): number | null {
  const size = wholePercentage(Math.abs(less), whole);
  return size === null || less >= 0 ? size : -size;
}
