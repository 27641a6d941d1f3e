import { VENUE_MODES } from '#catalogue';
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
import { type CellValue } from '../document.js';
import { type Answers, defineItem, type Questions } from '../item-definition.js';
import { column, monthColumns, monthRow, placeLines, plainRow, territoryLines } from '../lines.js';
import { figureSource, funnelSources, peopleLink } from '../links.js';
import { wholePercentage } from '../rates.js';
import { sumOf, totalOf } from '../reading.js';
import { type ReportScope } from '../scope.js';

const asks = (scope: ReportScope) =>
  ({
    byVenue: { figure: 'monthly', selection: scope.inYear(['venue']) },
    byMode: { figure: 'monthly', selection: scope.inYear(['territory', 'mode']) },
    absence: { figure: 'absence', selection: scope.inYear(['territory']) },
  }) satisfies Questions;

type Participants = Answers<ReturnType<typeof asks>>;

/** Who took part in a pre-reception meeting: Table 3 with Figures 12 and 11, and the modes. */
export const participants = defineItem({
  asks,
  items(scope, answers) {
    const { byVenue, byMode } = answers;
    const months = scope.months();
    const first = column('venue', scope.say('venue'), 'text');
    const options = {
      first: 'venue',
      months,
      answer: byVenue,
      count: 'attended',
      stage: 'attended',
    } as const;
    const sources = funnelSources(scope, ['attended'], 'venue');
    const territories = territoryCategories(scope);
    const people = territories.map(({ key }) => sumOf(byMode, 'attended', { territory: key }));
    const share = people.map((count) => percentage(count, totalOf(byMode, 'attended')));
    return [
      carriedOver(scope, answers),
      table(scope, 3, {
        columns: monthColumns(scope, first, months),
        rows: placeLines(scope, 'venue').map((line) => monthRow(scope, line, options)),
        sources,
      }),
      figure(scope, 12, 'columns', {
        unit: 'people',
        categories: monthCategories(scope),
        series: territorySeries(scope, (territory) =>
          months.map(({ key }) => sumOf(byMode, 'attended', { territory, month: key })),
        ),
        sources,
      }),
      figure(scope, 11, 'columns', {
        unit: 'people',
        categories: territories,
        series: [
          series('participants', scope.say('participants'), people),
          series('share', scope.say('share'), share, { format: 'percent', axis: 'right' }),
        ],
        sources: funnelSources(scope, ['attended'], 'territory'),
      }),
      text(scope, 'participants-text', [
        statement(
          scope,
          'participants-share',
          territories.map(({ key }, index) =>
            value(key, key, wholePercentage(people[index]!, totalOf(byMode, 'attended')), 'wholePercent'),
          ),
        ),
      ]),
      modes(scope, answers),
    ];
  },
});

/** Who had registered before the year, and who in it. */
function carriedOver(scope: ReportScope, { absence }: Participants) {
  const counts = (path: 'carriedOver' | 'registeredAndAttended') => {
    const of = (where: { territory?: string }) =>
      path === 'carriedOver'
        ? sumOf(absence, path, where)
        : sumOf(absence, 'registered', where) - sumOf(absence, 'notParticipating', where);
    return territoryLines(scope).map(({ key, label, parameters }) =>
      value(key, key === 'total' ? label : key, of({ territory: parameters['territory'] })),
    );
  };
  return text(
    scope,
    'carried-over',
    [
      statement(scope, 'registered-earlier', counts('carriedOver')),
      statement(scope, 'registered-and-attended', counts('registeredAndAttended')),
    ],
    [figureSource(scope, 'absence', { groupBy: 'territory' })],
  );
}

/** Participants by territory and mode, each as a share of all of them. */
function modes(scope: ReportScope, { byMode }: Participants) {
  const all = totalOf(byMode, 'attended');
  const rows = territoryLines(scope).map((line) => {
    const cells: Record<string, CellValue> = { territory: line.label };
    const links: Record<string, string> = {};
    for (const mode of VENUE_MODES) {
      const people = sumOf(byMode, 'attended', { ...line.where, mode });
      cells[mode] = people;
      cells[`${mode}Pct`] = percentage(people, all);
      const filters = { ...scope.yearParameters(), ...line.parameters, mode };
      if (people > 0) links[mode] = peopleLink(scope, 'attended', filters);
    }
    return plainRow(line, cells, links);
  });
  return table(scope, 'participation-by-mode', {
    columns: [
      column('territory', scope.say('territory'), 'text'),
      ...VENUE_MODES.flatMap((mode) => [
        column(mode, scope.say(`mode.${mode}`)),
        column(`${mode}Pct`, `${scope.say(`mode.${mode}`)} %`, 'percent'),
      ]),
    ],
    rows,
    sources: funnelSources(scope, ['attended'], 'territory,mode'),
  });
}
