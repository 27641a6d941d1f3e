import { isoDay } from '#calendar';
import { type SuspendableStage, VENUE_MODES } from '#catalogue';
import { statement, text, value } from '../build.js';
import { type Statement } from '../document.js';
import { type Answers, defineItem, type Questions } from '../item-definition.js';
import { figureSource } from '../links.js';
import { rowsWhere, sumOf, totalOf } from '../reading.js';
import { type ReportScope } from '../scope.js';
import { isWord } from '../words.js';

const STAGES = ['registered', 'attended', 'saChosen', 'pdsSigned'] as const;

/** The year in four counts, which services were suspended in it, and the meetings held at a distance. */
export const introduction = defineItem({
  asks: (scope) =>
    ({
      now: { figure: 'monthly', selection: scope.inYear() },
      before: { figure: 'monthly', selection: scope.inYear([], scope.before) },
      meetings: { figure: 'meeting-places', selection: scope.inYear(['mode']) },
    }) satisfies Questions,
  items(scope, { now, before, meetings }) {
    const year = (id: 'this-year' | 'year-before', answer: typeof now) =>
      statement(
        scope,
        id,
        STAGES.map((stage) => value(stage, scope.say(stage), totalOf(answer, stage))),
      );
    return [
      text(
        scope,
        'introduction-text',
        [
          year('this-year', now),
          year('year-before', before),
          ...suspensions(scope),
          remoteMeetings(scope, meetings),
        ],
        [figureSource(scope, 'funnel/monthly'), figureSource(scope, 'meetings/monthly', { groupBy: 'mode' })],
      ),
    ];
  },
});

/** From which day on meetings were held by phone or online, and how many. */
function remoteMeetings(scope: ReportScope, meetings: Answers<Questions>[string]): Statement {
  const where = { mode: VENUE_MODES.filter((mode) => mode !== 'in_person') };
  const days = rowsWhere(meetings, where).flatMap(({ firstDay }) =>
    typeof firstDay === 'string' ? [firstDay] : [],
  );
  return statement(scope, 'remote-meetings', [
    value('from', scope.say('suspendedFrom'), days.sort()[0] ?? null, 'date'),
    value('meetings', scope.say('meetings-by-mode'), sumOf(meetings, 'meetings', where)),
  ]);
}

/** The suspensions that touch the year: from when, and when the service was there again. */
function suspensions(scope: ReportScope): Statement[] {
  const { from, to } = scope.inYear();
  return scope.catalogue.suspensions
    .filter((suspension) => suspension.from <= to! && suspension.to > from!)
    .map(({ stage, from: first, to: reopened }) => ({
      id: `suspension-${stage}`,
      label: `${scope.say('suspension')}: ${serviceOf(scope, stage)}`,
      values: [
        value('from', scope.say('suspendedFrom'), isoDay(first), 'date'),
        value('reopened', scope.say('reopened'), isoDay(reopened), 'date'),
      ],
    }));
}

/** What people come for when they enter a stage; the stage where the report has no word for that. */
function serviceOf(scope: ReportScope, stage: SuspendableStage): string {
  const service = `service.${stage}`;
  return scope.say(isWord(service) ? service : stage);
}
