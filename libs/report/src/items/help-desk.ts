import { percentage } from '#measures';
import { figure, monthCategories, series, statement, table, text, value } from '../build.js';
import { type StatementValue } from '../document.js';
import { defineItem } from '../item-definition.js';
import { column, plainRow } from '../lines.js';
import { figureSource } from '../links.js';
import { PROGRAMME_FACTS } from '../programme-facts.js';
import { rowsWhere, sumOf, totalOf, valueOf } from '../reading.js';
import { type ReportScope } from '../scope.js';
import { type Answers, type Questions } from '../item-definition.js';

const asks = (scope: ReportScope) =>
  ({
    now: { figure: 'contacts', selection: scope.inYear() },
    before: { figure: 'contacts', selection: scope.inYear([], scope.before) },
  }) satisfies Questions;

type Contacts = Answers<ReturnType<typeof asks>>;

/** Table 1 with Figures 1 to 3, and what the report tells of the help desk. */
export const helpDesk = defineItem({
  asks,
  items(scope, answers) {
    const months = scope.months();
    const sources = [figureSource(scope, 'contacts/monthly')];
    const categories = monthCategories(scope);
    const of = (channel: string) => months.map(({ key }) => sumOf(answers.now, channel, { month: key }));
    const phoneBefore = scope
      .months(scope.before)
      .map(({ key }) => sumOf(answers.before, 'phone', { month: key }));
    const phone = series('phone', scope.say('phone'), of('phone'));
    const chatbot = series('chatbot', scope.say('chatbot'), of('chatbot'));
    const earlier = series('phoneBefore', scope.say('phoneBefore'), phoneBefore);
    return [
      figure(scope, 1, 'columns', { unit: 'unit.calls', categories, series: [phone], sources }),
      figure(scope, 2, 'columns', { unit: 'unit.conversations', categories, series: [chatbot], sources }),
      contactTable(scope, answers),
      figure(scope, 3, 'columns', {
        unit: 'unit.contacts',
        categories,
        series: [earlier, phone, chatbot],
        sources,
      }),
      told(scope, answers),
    ];
  },
});

function contactTable(scope: ReportScope, { now, before }: Contacts) {
  const cells = (phoneBefore: number, phone: number, chatbot: number) => ({
    phoneBefore,
    phone,
    chatbot,
    sum: phone + chatbot,
  });
  const rows = scope.months().map(({ key, number }) => {
    const earlier = sumOf(before, 'phone', { month: `${scope.before}-${number}` });
    const counts = cells(earlier, sumOf(now, 'phone', { month: key }), sumOf(now, 'chatbot', { month: key }));
    return plainRow({ key, kind: 'item' }, { month: scope.month(number, 'long'), ...counts });
  });
  const totals = cells(totalOf(before, 'phone'), totalOf(now, 'phone'), totalOf(now, 'chatbot'));
  rows.push(plainRow({ key: 'total', kind: 'total' }, { month: scope.say('total'), ...totals }));
  const columns = [
    column('month', scope.say('month'), 'text'),
    column('phoneBefore', scope.say('phoneBefore')),
    column('phone', scope.say('phone')),
    column('chatbot', scope.say('chatbot')),
    column('sum', scope.say('contactsSum')),
  ];
  const sources = [scope.year, scope.before].map((year) =>
    figureSource(scope, 'contacts/monthly', scope.yearParameters(year)),
  );
  return table(scope, 1, { columns, rows, sources });
}

function told(scope: ReportScope, { now }: Contacts) {
  const contacts = totalOf(now, 'phone') + totalOf(now, 'chatbot');
  const asked = totalOf(now, 'topics.programme_information');
  const hours = PROGRAMME_FACTS[scope.year]?.weeklyHours ?? [];
  return text(
    scope,
    'help-desk-text',
    [
      statement(scope, 'mean-call-minutes', meanMinutes(scope, now)),
      statement(scope, 'information-requests', [
        value('share', scope.say('ofContacts'), percentage(asked, contacts), 'percent'),
      ]),
      ...(hours.length === 0
        ? []
        : [
            statement(
              scope,
              'weekly-hours',
              hours.map(({ channel, year, hours: number }) =>
                value(`${channel}-${year}`, `${scope.say(channel)} ${year}`, number),
              ),
            ),
          ]),
    ],
    [figureSource(scope, 'contacts/monthly')],
  );
}

/** Whole minutes of a mean call; months on end that have the same are told together. */
function meanMinutes(scope: ReportScope, now: Contacts['now']): StatementValue[] {
  const runs: { first: string; last: string; minutes: number }[] = [];
  for (const { key } of scope.months()) {
    const [month] = rowsWhere(now, { month: key });
    const seconds = month === undefined ? null : valueOf(month, 'meanDurationSeconds.phone');
    if (typeof seconds !== 'number') continue;
    const minutes = Math.floor(seconds / 60 + 0.5);
    const run = runs.at(-1);
    if (run?.minutes === minutes) run.last = key;
    else runs.push({ first: key, last: key, minutes });
  }
  const name = (month: string) => scope.month(month.slice(5), 'long');
  return runs.map(({ first, last, minutes }) =>
    first === last
      ? value(first, name(first), minutes, 'minutes')
      : value(`${first}..${last}`, `${name(first)}–${name(last)}`, minutes, 'minutes'),
  );
}
