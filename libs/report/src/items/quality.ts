import { QUESTIONS } from '#measures';
import { figure, series, statement, table, territoryCategories, text, value } from '../build.js';
import { type FigureItem } from '../document.js';
import { type Answers, defineItem, type Questions } from '../item-definition.js';
import { column, plainRow } from '../lines.js';
import { figureSource } from '../links.js';
import { sumOf, totalOf } from '../reading.js';
import { type ReportScope } from '../scope.js';
import { isWord } from '../words.js';

const asks = (scope: ReportScope) =>
  ({
    byTerritory: { figure: 'questionnaire', selection: scope.inYear(['territory']) },
    answers: { figure: 'questionnaire-answers', selection: scope.inYear() },
  }) satisfies Questions;

type Quality = Answers<ReturnType<typeof asks>>;

const SATISFACTION = ['tutor', 'methods', 'organisation'] as const;

/** Table 12 with Figures 20 and 21: the quality questionnaire. */
export const quality = defineItem({
  asks,
  items(scope, answers) {
    const { byTerritory } = answers;
    const sources = [figureSource(scope, 'questionnaire', { groupBy: 'territory' })];
    const territories = territoryCategories(scope);
    const counted = (path: 'sent' | 'completed') =>
      territories.map(({ key }) => value(key, key, sumOf(byTerritory, path, { territory: key })));
    return [
      text(
        scope,
        'quality-text',
        [
          statement(scope, 'questionnaires-sent', counted('sent')),
          statement(scope, 'questionnaires-completed', counted('completed')),
        ],
        sources,
      ),
      howHeard(scope, answers),
      table(scope, 12, {
        columns: [
          column('sa', scope.say('sa'), 'text'),
          ...SATISFACTION.map((question) => column(question, scope.say(`question.${question}`), 'text')),
        ],
        rows: answerRows(scope, answers),
        sources: [figureSource(scope, 'questionnaire', { groupBy: 'sa' })],
      }),
      figure(scope, 21, 'bars', {
        unit: 'people',
        categories: [
          { key: 'yes', label: scope.say('yes') },
          { key: 'no', label: scope.say('no') },
        ],
        series: [
          series(
            'wouldRecommend',
            scope.say('people'),
            ['yes', 'no'].map((answer) => totalOf(byTerritory, `wouldRecommend.${answer}`)),
          ),
        ],
        sources,
      }),
    ];
  },
});

function howHeard(scope: ReportScope, { byTerritory }: Quality): FigureItem {
  const ways = QUESTIONS.howHeard;
  return figure(scope, 20, 'bars', {
    unit: 'people',
    categories: ways.map((way) => ({ key: way, label: said(scope, `howHeard.${way}`, way) })),
    series: territoryCategories(scope).map(({ key }) =>
      series(
        key,
        key,
        ways.map((way) => sumOf(byTerritory, `howHeard.${way}`, { territory: key })),
      ),
    ),
    sources: [figureSource(scope, 'questionnaire', { groupBy: 'territory' })],
  });
}

/** One row an answer, without whose it is. */
function answerRows(scope: ReportScope, { answers }: Quality) {
  return answers.items.map((item, index) => {
    const sa = String(item['sa']);
    const given = SATISFACTION.map((question) => {
      const code = String(item[question]);
      return [question, said(scope, `answer.${code}`, code)] as const;
    });
    const cells = { sa: scope.catalogue.sa(sa)?.name ?? sa, ...Object.fromEntries(given) };
    const codes = Object.fromEntries(['sa', ...SATISFACTION].map((key) => [key, String(item[key])]));
    return { ...plainRow({ key: String(index + 1), kind: 'item' }, cells), codes };
  });
}

const said = (scope: ReportScope, word: string, otherwise: string) =>
  isWord(word) ? scope.say(word) : otherwise;
