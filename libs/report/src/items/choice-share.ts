import { percentage } from '#measures';
import { table } from '../build.js';
import { cohortCells, cohortColumns, cohortLinks } from '../cohort-cells.js';
import { type Note } from '../document.js';
import { type Answers, defineItem, type Questions } from '../item-definition.js';
import { column, type Line, plainRow, territoryLines } from '../lines.js';
import { figureSource, peopleLink } from '../links.js';
import { rowsWhere, sumOf, totalOf } from '../reading.js';
import { type ReportScope } from '../scope.js';

const PAIR = { fromStage: 'attended', toStage: 'saChosen' } as const;

const asks = (scope: ReportScope) =>
  ({
    counts: { figure: 'monthly', selection: scope.inYear(['territory']) },
    cohort: {
      figure: 'hysteresis',
      selection: scope.inYear(['territory']),
      ...PAIR,
      net: false,
      curve: false,
      byMonth: false,
    },
  }) satisfies Questions;

type Choices = Answers<ReturnType<typeof asks>>;

/**
 * Table 8: choices over participants of the same year, which is a ratio of two counts and no conversion rate; beside it
 * what became of the participants.
 */
export const choiceShare = defineItem({
  asks,
  items: (scope, answers) => [
    table(scope, 8, {
      columns: [
        column('territory', scope.say('territory'), 'text'),
        column('participants', scope.say('participants')),
        column('chose', scope.say('choices')),
        column('chosePct', scope.say('periodRatio'), 'percent'),
        column('notChosen', scope.say('notChosen')),
        column('notChosenPct', scope.say('notChosenPct'), 'percent'),
        ...cohortColumns(scope),
      ],
      rows: territoryLines(scope).map((line) => rowOf(scope, line, answers)),
      sources: [
        figureSource(scope, 'funnel/period-ratio', { ...PAIR, groupBy: 'territory' }),
        figureSource(scope, 'hysteresis', { ...PAIR, groupBy: 'territory' }),
      ],
      notes: notes(scope, answers),
    }),
  ],
});

function rowOf(scope: ReportScope, line: Line, { counts, cohort }: Choices) {
  const participants = sumOf(counts, 'attended', line.where);
  const chose = sumOf(counts, 'saChosen', line.where);
  const window = { ...scope.yearParameters(), ...line.parameters };
  const members = line.kind === 'total' ? cohort.totals : rowsWhere(cohort, line.where)[0];
  return plainRow(
    line,
    {
      territory: line.label,
      participants,
      chose,
      chosePct: percentage(chose, participants),
      notChosen: participants - chose,
      notChosenPct: shareLeft(chose, participants),
      ...cohortCells(members),
    },
    {
      participants: peopleLink(scope, 'attended', window),
      chose: peopleLink(scope, 'saChosen', window),
      ...cohortLinks(scope, PAIR, window),
    },
  );
}

function notes(scope: ReportScope, { counts }: Choices): Note[] {
  const told = {
    chose: scope.count(totalOf(counts, 'saChosen')),
    returning: scope.count(totalOf(counts, 'returning.saChosen')),
    participants: scope.count(totalOf(counts, 'attended')),
  };
  return [
    { text: scope.say('note.periodRatio', told), differences: [] },
    { text: scope.say('note.cohort'), differences: [] },
  ];
}

/** What the ratio leaves of a hundred; below zero where there are more choices than participants. */
export function shareLeft(part: number, whole: number): number | null {
  const left = percentage(Math.abs(whole - part), whole);
  return left === null || part <= whole ? left : -left;
}
