import { percentage } from '#measures';
import { table } from '../build.js';
import { cohortCells, cohortColumns, cohortLinks } from '../cohort-cells.js';
import { type Answers, defineItem, type Questions } from '../item-definition.js';
import { column, plainRow } from '../lines.js';
import { figureSource, peopleLink } from '../links.js';
import { totalOf } from '../reading.js';
import { type ReportScope } from '../scope.js';
import { shareLeft } from './choice-share.js';

const PAIR = { fromStage: 'attended', toStage: 'pdsSigned' } as const;
const HYSTERESIS = { figure: 'hysteresis', ...PAIR, net: false, curve: false, byMonth: false } as const;

const asks = (scope: ReportScope) =>
  ({
    now: { figure: 'monthly', selection: scope.inYear() },
    before: { figure: 'monthly', selection: scope.inYear([], scope.before) },
    cohort: { ...HYSTERESIS, selection: scope.inYear() },
    cohortBefore: { ...HYSTERESIS, selection: scope.inYear([], scope.before) },
  }) satisfies Questions;

/** Table 11: pacts over participants of the same year, of two years; beside it what became of the participants. */
export const attendedToPact = defineItem({
  asks,
  items(scope, answers) {
    const years = [scope.before, scope.year];
    return [
      table(scope, 11, {
        columns: [
          column('year', scope.say('year'), 'text'),
          column('participants', scope.say('participants')),
          column('signed', scope.say('pdsSigned')),
          column('signedPct', scope.say('periodRatio'), 'percent'),
          column('lost', scope.say('lost')),
          column('lostPct', scope.say('lostPct'), 'percent'),
          ...cohortColumns(scope),
        ],
        rows: years.map((year) => rowOf(scope, year, answers)),
        sources: years.flatMap((year) =>
          ['funnel/period-ratio', 'hysteresis'].map((path) =>
            figureSource(scope, path, { ...scope.yearParameters(year), ...PAIR }),
          ),
        ),
        notes: [{ text: scope.say('note.cohort'), differences: [] }],
      }),
    ];
  },
});

function rowOf(scope: ReportScope, year: number, answers: Answers<ReturnType<typeof asks>>) {
  const isNow = year === scope.year;
  const counts = isNow ? answers.now : answers.before;
  const cohort = isNow ? answers.cohort : answers.cohortBefore;
  const [participants, signed] = [totalOf(counts, 'attended'), totalOf(counts, 'pdsSigned')];
  const window = scope.yearParameters(year);
  return plainRow(
    { key: String(year), kind: 'item' },
    {
      year: String(year),
      participants,
      signed,
      signedPct: percentage(signed, participants),
      lost: participants - signed,
      lostPct: shareLeft(signed, participants),
      ...cohortCells(cohort.totals),
    },
    {
      participants: peopleLink(scope, 'attended', window),
      signed: peopleLink(scope, 'pdsSigned', window),
      ...cohortLinks(scope, PAIR, window),
    },
  );
}
