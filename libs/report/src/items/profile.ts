import { codesOf, type Stage } from '#events';
import { type FigureAnswer } from '#figures';
import { percentage } from '#measures';
import { figure, series, statement, text, value } from '../build.js';
import { type Answers, defineItem, type Questions } from '../item-definition.js';
import { funnelSources } from '../links.js';
import { pointsBetween, wholePercentage } from '../rates.js';
import { sumOf, totalOf } from '../reading.js';
import { type ReportScope } from '../scope.js';
import { isWord } from '../words.js';

const KEYS = ['gender', 'education', 'employment'] as const;
const GRADUATES = ['bachelor', 'master'];

const asks = (scope: ReportScope) =>
  ({
    gender: { figure: 'monthly', selection: scope.inYear(['gender']) },
    education: { figure: 'monthly', selection: scope.inYear(['education']) },
    employment: { figure: 'monthly', selection: scope.inYear(['employment']) },
  }) satisfies Questions;

type Profiles = Answers<ReturnType<typeof asks>>;

/** Figure 6: the profile of the registered. */
export const registeredProfile = defineItem({
  asks,
  items: (scope, answers) => [
    figure(scope, 6, 'bars', {
      unit: 'share',
      categories: categories(scope),
      series: [shareSeries(scope, answers, 'registered')],
      sources: profileSources(scope, 'registered'),
    }),
    text(scope, 'profile-text', [
      statement(scope, 'profile-registered', [
        ...wholeShares(scope, answers, 'registered'),
        value(
          'of_graduates_with_second_level',
          scope.say('secondLevelOfGraduates'),
          wholePercentage(
            sumOf(answers.education, 'registered', { education: 'master' }),
            sumOf(answers.education, 'registered', { education: GRADUATES }),
          ),
          'wholePercent',
        ),
      ]),
    ]),
  ],
});

/** Figure 18: the profile of those who signed, beside that of the registered. */
export const signedProfile = defineItem({
  asks,
  items(scope, answers) {
    const signed = wholeShares(scope, answers, 'pdsSigned');
    const differences = wholeShares(scope, answers, 'registered').map(
      ({ key, label, value: share }, index) => {
        const other = signed[index]!.value as number | null;
        return value(key, label, pointsBetween(other, share as number | null), 'points');
      },
    );
    return [
      figure(scope, 18, 'bars', {
        unit: 'share',
        categories: categories(scope),
        series: [shareSeries(scope, answers, 'registered'), shareSeries(scope, answers, 'pdsSigned')],
        sources: profileSources(scope, 'pdsSigned'),
      }),
      text(scope, 'signed-profile-text', [statement(scope, 'profile-points', differences)]),
    ];
  },
});

const codes = () =>
  KEYS.flatMap((key) => codesOf('registered', 'profile', key).map((code) => ({ key, code })));

function categories(scope: ReportScope) {
  return codes().map(({ key, code }) => {
    const word = `${key}.${code}`;
    return { key: word, label: isWord(word) ? scope.say(word) : code };
  });
}

function shareSeries(scope: ReportScope, answers: Profiles, stage: 'registered' | 'pdsSigned') {
  const values = codes().map(({ key, code }) =>
    percentage(sumOf(answers[key], stage, { [key]: code }), totalOf(answers[key], stage)),
  );
  return series(stage, scope.say(stage), values, { format: 'percent' });
}

/** The shares that the report tells, as whole numbers. */
function wholeShares(scope: ReportScope, answers: Profiles, stage: Stage) {
  const share = (answer: FigureAnswer, key: string, values: string | readonly string[]) =>
    wholePercentage(sumOf(answer, stage, { [key]: values }), totalOf(answer, stage));
  const { gender, education, employment } = answers;
  return [
    value('women', scope.say('gender.F'), share(gender, 'gender', 'F'), 'wholePercent'),
    value(
      'degree_at_least',
      scope.say('graduates'),
      share(education, 'education', GRADUATES),
      'wholePercent',
    ),
    value(
      'diploma',
      scope.say('education.diploma'),
      share(education, 'education', 'diploma'),
      'wholePercent',
    ),
    value(
      'employed',
      scope.say('employment.employed'),
      share(employment, 'employment', 'employed'),
      'wholePercent',
    ),
    value(
      'not_working',
      scope.say('employment.not_employed'),
      share(employment, 'employment', 'not_employed'),
      'wholePercent',
    ),
  ];
}

function profileSources(scope: ReportScope, stage: Stage) {
  return KEYS.flatMap((key) => funnelSources(scope, [stage], key).filter(({ kind }) => kind !== 'people'));
}
