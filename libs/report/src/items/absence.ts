import { percentage } from '#measures';
import { statement, table, text, value } from '../build.js';
import { type Answers, defineItem, type Questions } from '../item-definition.js';
import { column, plainRow, territoryLines } from '../lines.js';
import { figureSource, peopleLink } from '../links.js';
import { sumOf } from '../reading.js';
import { type ReportScope } from '../scope.js';

const asks = (scope: ReportScope) =>
  ({ absence: { figure: 'absence', selection: scope.inYear(['territory']) } }) satisfies Questions;

type Absence = Answers<ReturnType<typeof asks>>;

/** Table 4: of those who could have taken part, how many did not. */
export const absence = defineItem({
  asks,
  items(scope, answers) {
    const sources = [
      figureSource(scope, 'absence', { groupBy: 'territory' }),
      { kind: 'people', href: peopleLink(scope, 'registered', scope.yearParameters()) } as const,
    ];
    const rows = territoryLines(scope).map((line) =>
      plainRow(line, { territory: line.label, ...rate(answers, line.parameters['territory']) }),
    );
    return [
      table(scope, 4, {
        columns: [
          column('territory', scope.say('territory'), 'text'),
          column('registered', scope.say('registeredWithCarriedOver')),
          column('notParticipating', scope.say('notParticipating')),
          column('ratePct', scope.say('absenceRate'), 'percent'),
        ],
        rows,
        sources,
      }),
      outsideMain(scope, answers),
    ];
  },
});

/** The territories beside the largest, pooled: people over people, not the mean of their rates. */
function outsideMain(scope: ReportScope, answers: Absence) {
  const others = scope.catalogue.territories
    .map(({ code }) => code)
    .filter((code) => code !== scope.mainTerritory);
  const { registered, notParticipating, ratePct } = rate(answers, others);
  return text(scope, 'absence-text', [
    statement(scope, 'absence-outside-main', [
      value('registered', scope.say('registeredWithCarriedOver'), registered),
      value('notParticipating', scope.say('notParticipating'), notParticipating),
      value('ratePct', scope.say('absenceRate'), ratePct, 'percent'),
    ]),
  ]);
}

function rate({ absence: answer }: Absence, territory: string | readonly string[] | undefined) {
  const where = { territory };
  const registered = sumOf(answer, 'registered', where) + sumOf(answer, 'carriedOver', where);
  const notParticipating = sumOf(answer, 'notParticipating', where);
  return { registered, notParticipating, ratePct: percentage(notParticipating, registered) };
}
