import { type FigureAnswer } from '#figures';
import { percentage } from '#measures';
import { figure, statement, territorySeries, text, value } from '../build.js';
import { type Answers, defineItem, type Questions } from '../item-definition.js';
import { territoryLines } from '../lines.js';
import { funnelSources } from '../links.js';
import { pointsBetween } from '../rates.js';
import { sumOf, totalOf } from '../reading.js';
import { type ReportScope } from '../scope.js';
import { shareLeft } from './choice-share.js';

const STAGES = ['registered', 'attended', 'saChosen', 'pdsSigned'] as const;

const asks = (scope: ReportScope) =>
  ({
    now: { figure: 'monthly', selection: scope.inYear(['territory']) },
    before: { figure: 'monthly', selection: scope.inYear(['territory'], scope.before) },
    absence: { figure: 'absence', selection: scope.inYear(['territory']) },
  }) satisfies Questions;

type Summary = Answers<ReturnType<typeof asks>>;

/** Figure 19 and the losses between its stages. */
export const summary = defineItem({
  asks,
  items(scope, answers) {
    const { now } = answers;
    return [
      figure(scope, 19, 'columns', {
        unit: 'people',
        categories: STAGES.map((stage) => ({ key: stage, label: scope.say(stage) })),
        series: territorySeries(scope, (territory) =>
          STAGES.map((stage) => sumOf(now, stage, { territory })),
        ),
        sources: funnelSources(scope, STAGES, 'territory'),
      }),
      losses(scope, answers),
    ];
  },
});

function losses(scope: ReportScope, { now, before, absence }: Summary) {
  const count = (stage: (typeof STAGES)[number], answer: FigureAnswer = now) => totalOf(answer, stage);
  const loss = (earlier: number, later: number) => shareLeft(later, earlier);
  return text(scope, 'summary-text', [
    statement(scope, 'mean-loss', [
      value(
        'registered to attended',
        scope.say('loss.attended'),
        percentage(
          totalOf(absence, 'notParticipating'),
          totalOf(absence, 'registered') + totalOf(absence, 'carriedOver'),
        ),
        'percent',
      ),
      value(
        'attended to chosen',
        scope.say('loss.saChosen'),
        loss(count('attended'), count('saChosen')),
        'percent',
      ),
      value(
        'chosen to signed',
        scope.say('loss.pdsSigned'),
        loss(count('saChosen'), count('pdsSigned')),
        'percent',
      ),
    ]),
    statement(
      scope,
      'signed-of-registered',
      territoryLines(scope).map(({ key, label, where }) =>
        value(
          key,
          key === 'total' ? label : key,
          percentage(sumOf(now, 'pdsSigned', where), sumOf(now, 'registered', where)),
          'percent',
        ),
      ),
    ),
    statement(scope, 'loss-growth', [
      value(
        'points',
        scope.say('points'),
        pointsBetween(
          loss(count('attended'), count('pdsSigned')),
          loss(count('attended', before), count('pdsSigned', before)),
        ),
        'points',
      ),
    ]),
  ]);
}
