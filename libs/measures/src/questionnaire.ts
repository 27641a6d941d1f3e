import { romeDay } from '#calendar';
import { type Catalogue } from '#catalogue';
import { codesOf } from '#events';
import { UNKNOWN } from './group-order.js';
import { GroupTable, type RowNames } from './group-table.js';
import { groupOf, inWindow, passesFilters } from './selected.js';
import { type Selection } from './selection.js';
import { type MeasuredFact, visibleFacts } from './visible-facts.js';

type Question = 'tutor' | 'methods' | 'organisation' | 'howHeard';

const answersTo = (question: Question) => codesOf('questionnaire-completed', question);

/** The questions with a closed list of answers, and the answers in their order. */
export const QUESTIONS: Readonly<Record<Question, readonly string[]>> = {
  tutor: answersTo('tutor'),
  methods: answersTo('methods'),
  organisation: answersTo('organisation'),
  howHeard: answersTo('howHeard'),
};

type CompletedFact = MeasuredFact<'questionnaire-completed'>;
type QuestionnaireFact = CompletedFact | MeasuredFact<'questionnaire-sent'>;

export interface Questionnaire extends Record<Question, Record<string, number>> {
  sent: number;
  completed: number;
  wouldRecommend: { yes: number; no: number };
}

/**
 * Quality questionnaires. One sent and one completed count for a journey and cycle: the first visible one, on its own
 * day and for its own SA, with its answers.
 *
 * @param journeys the facts of each journey
 */
export function questionnaires(
  journeys: Iterable<readonly MeasuredFact[]>,
  selection: Selection,
  catalogue: Catalogue,
): { items: (RowNames & Questionnaire)[]; totals: Questionnaire } {
  const table = new GroupTable(selection.groupBy, noAnswers);
  const totals = noAnswers();
  for (const facts of journeys) {
    for (const fact of firstOfEachCycle(visibleFacts(facts, selection), catalogue)) {
      const { sa } = fact.data;
      const dimensions = { sa, territory: catalogue.sa(sa)?.territory ?? UNKNOWN };
      if (!inWindow(romeDay(fact.time), selection)) continue;
      if (!passesFilters(dimensions, selection.filters)) continue;
      count(table.at(groupOf(dimensions, selection.groupBy)), fact);
      count(totals, fact);
    }
  }
  return { items: table.inOrder(catalogue).map(({ names, value }) => ({ ...names, ...value })), totals };
}

function firstOfEachCycle(
  visible: readonly MeasuredFact[],
  catalogue: Pick<Catalogue, 'cycleOf'>,
): QuestionnaireFact[] {
  const seen = new Set<string>();
  const first: QuestionnaireFact[] = [];
  for (const fact of visible) {
    if (fact.name !== 'questionnaire-sent' && fact.name !== 'questionnaire-completed') continue;
    const cycle = catalogue.cycleOf(romeDay(fact.time))?.code;
    const key = `${fact.name} ${cycle}`;
    if (cycle === undefined || seen.has(key)) continue;
    seen.add(key);
    first.push(fact);
  }
  return first;
}

function noAnswers(): Questionnaire {
  const none = (question: Question) => Object.fromEntries(QUESTIONS[question].map((answer) => [answer, 0]));
  return {
    sent: 0,
    completed: 0,
    tutor: none('tutor'),
    methods: none('methods'),
    organisation: none('organisation'),
    howHeard: none('howHeard'),
    wouldRecommend: { yes: 0, no: 0 },
  };
}

function count(answers: Questionnaire, fact: QuestionnaireFact): void {
  if (fact.name === 'questionnaire-sent') {
    answers.sent++;
    return;
  }
  answers.completed++;
  for (const question of Object.keys(QUESTIONS) as Question[]) answers[question][fact.data[question]]! += 1;
  answers.wouldRecommend[fact.data.wouldRecommend ? 'yes' : 'no']++;
}
