import { isoDay } from '#calendar';
import { figure, monthCategories, series, statement, text, value } from '../build.js';
import { type Answers, defineItem, type Questions } from '../item-definition.js';
import { figureSource } from '../links.js';
import { changePct } from '../rates.js';
import { sumOf, totalOf, valueOf } from '../reading.js';
import { type ReportScope } from '../scope.js';

const asks = (scope: ReportScope) =>
  ({
    daily: { figure: 'web-traffic-daily', selection: scope.inYear() },
    dailyBefore: { figure: 'web-traffic-daily', selection: scope.inYear([], scope.before) },
    monthly: { figure: 'web-traffic', selection: scope.inYear() },
  }) satisfies Questions;

type Traffic = Answers<ReturnType<typeof asks>>;

/** Figures 8 to 10, and the traffic of the two years told. */
export const webSite = defineItem({
  asks,
  items(scope, answers) {
    const source = (year: number) => figureSource(scope, 'web-traffic/monthly', scope.yearParameters(year));
    const daily = (number: number, year: number, answer: Traffic['daily']) => {
      const days = daysOf(scope, year);
      const views = new Map(answer.items.map((item) => [item['date'], item['uniquePageViews'] as number]));
      return figure(scope, number, 'lines', {
        unit: 'pageViews',
        categories: days.map((key) => ({ key, label: key })),
        series: [
          series(
            'uniquePageViews',
            scope.say('pageViews'),
            days.map((day) => views.get(day) ?? null),
          ),
        ],
        sources: [source(year)],
      });
    };
    const entrances = scope
      .months()
      .map(({ key }) => sumOf(answers.monthly, 'homeEntrances', { month: key }));
    return [
      daily(8, scope.before, answers.dailyBefore),
      daily(9, scope.year, answers.daily),
      figure(scope, 10, 'columns', {
        unit: 'homeEntrances',
        categories: monthCategories(scope),
        series: [series('homeEntrances', scope.say('homeEntrances'), entrances)],
        sources: [source(scope.year)],
      }),
      told(scope, answers),
    ];
  },
});

function told(scope: ReportScope, { daily, dailyBefore }: Traffic) {
  const [now, before] = [totalOf(daily, 'uniquePageViews'), totalOf(dailyBefore, 'uniquePageViews')];
  const [peak] = [...daily.items].sort((a, b) => visitsOf(b) - visitsOf(a));
  const top = peak !== undefined && visitsOf(peak) > 0 ? peak : undefined;
  return text(
    scope,
    'web-site-text',
    [
      statement(scope, 'page-views', [
        value('before', String(scope.before), before),
        value('now', String(scope.year), now),
        value('fewer', scope.say('fewer'), before - now),
        value('changePct', scope.say('changePct'), changePct(now, before), 'percent'),
      ]),
      statement(scope, 'home-entrances', [value('now', String(scope.year), totalOf(daily, 'homeEntrances'))]),
      statement(scope, 'peak-day', [
        value('date', scope.say('day'), top === undefined ? null : (top['date'] as string), 'date'),
        value('visits', scope.say('visits'), top === undefined ? null : visitsOf(top)),
      ]),
    ],
    [figureSource(scope, 'web-traffic/monthly')],
  );
}

const visitsOf = (item: Traffic['daily']['items'][number]) => {
  const visits = valueOf(item, 'visits');
  return typeof visits === 'number' ? visits : 0;
};

function daysOf(scope: ReportScope, year: number): string[] {
  const { from, to } = scope.inYear([], year);
  return Array.from({ length: to! - from! + 1 }, (_, index) => isoDay(from! + index));
}
