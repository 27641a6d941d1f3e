import { figure, series, statement, table, territoryCategories, text, value } from '../build.js';
import { type CellValue } from '../document.js';
import { type Answers, defineItem, type Questions } from '../item-definition.js';
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

type Pacts = Answers<ReturnType<typeof asks>>;

/** The months that the report compares: those in which the service was open in 2020. */
const monthsOf = (scope: ReportScope, year: number) => scope.months(year).slice(8);

/** Table 10 with Figure 17: pacts from September to December, this year and the one before. */
export const autumn = defineItem({
  asks,
  items(scope, answers) {
    const years = [scope.before, scope.year];
    const rows = territoryLines(scope).map((line) => {
      const cells: Record<string, CellValue> = { territory: line.label };
      const links: Record<string, string> = {};
      for (const year of years) {
        for (const month of monthsOf(scope, year)) {
          const signed = signedIn(answers, scope, year, line.parameters['territory'], [month.key]);
          cells[month.key] = signed;
          const parameters = { ...monthParameters(month), ...line.parameters };
          if (signed > 0) links[month.key] = peopleLink(scope, 'pdsSigned', parameters);
        }
        cells[String(year)] = signedIn(answers, scope, year, line.parameters['territory']);
      }
      const [before, now] = years.map((year) => cells[String(year)] as number);
      return plainRow(line, { ...cells, changePct: changePct(now!, before!) }, links);
    });
    const ofYear = (year: number) => [
      ...monthsOf(scope, year).map(({ key, number }) => column(key, `${scope.month(number)} ${year}`)),
      column(String(year), `${scope.say('total')} ${year}`),
    ];
    const sources = funnelSources(scope, ['pdsSigned'], 'territory');
    const territories = territoryCategories(scope);
    const all = (year: number) => signedIn(answers, scope, year, undefined);
    return [
      table(scope, 10, {
        columns: [
          column('territory', scope.say('territory'), 'text'),
          ...years.flatMap(ofYear),
          column('changePct', scope.say('changePct'), 'percent'),
        ],
        rows,
        sources,
      }),
      figure(scope, 17, 'columns', {
        unit: 'people',
        categories: territories,
        series: years.map((year) =>
          series(
            String(year),
            String(year),
            territories.map(({ key }) => signedIn(answers, scope, year, key)),
          ),
        ),
        sources,
      }),
      text(scope, 'autumn-text', [
        statement(
          scope,
          'pacts-autumn',
          years.map((year) => value(String(year), String(year), all(year))),
        ),
      ]),
    ];
  },
});

function signedIn(
  { now, before }: Pacts,
  scope: ReportScope,
  year: number,
  territory: string | undefined,
  months = monthsOf(scope, year).map(({ key }) => key),
): number {
  return sumOf(year === scope.year ? now : before, 'pdsSigned', { territory, month: months });
}
