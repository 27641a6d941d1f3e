import { isoDay } from '#calendar';
import { statement, text, value } from '../build.js';
import { type Statement } from '../document.js';
import { defineItem, type Questions } from '../item-definition.js';
import { linkTo } from '../links.js';
import { totalOf } from '../reading.js';
import { type ReportScope } from '../scope.js';

const STAGES = ['registered', 'attended', 'saChosen', 'pdsSigned'] as const;

/** The year in four counts, and which services were suspended in it. */
export const introduction = defineItem({
  asks: (scope) =>
    ({
      now: { figure: 'monthly', selection: scope.inYear() },
      before: { figure: 'monthly', selection: scope.inYear([], scope.before) },
    }) satisfies Questions,
  items(scope, { now, before }) {
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
        [year('this-year', now), year('year-before', before), ...suspensions(scope)],
        [{ kind: 'figure', href: linkTo(scope, 'funnel/monthly', scope.yearParameters()) }],
      ),
    ];
  },
});

/** The suspensions that touch the year: from when, and when the service was there again. */
function suspensions(scope: ReportScope): Statement[] {
  const { from, to } = scope.inYear();
  return scope.catalogue.suspensions
    .filter((suspension) => suspension.from <= to! && suspension.to > from!)
    .map(({ stage, from: first, to: reopened }) => ({
      id: `suspension-${stage}`,
      label: `${scope.say('suspension')}: ${scope.say(stage)}`,
      values: [
        value('from', scope.say('suspendedFrom'), isoDay(first), 'date'),
        value('reopened', scope.say('reopened'), isoDay(reopened), 'date'),
      ],
    }));
}
