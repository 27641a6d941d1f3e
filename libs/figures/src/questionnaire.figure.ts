import { type JsonObject, STAGE_ORDER } from '#events';
import {
  checkRowCount,
  compareGroups,
  type Dimensions,
  GroupTable,
  groupOf,
  passesFilters,
  QUESTIONS,
  type Selection,
  UNKNOWN,
} from '#measures';
import { boundsOf } from './cut-offs.js';
import { type FigureBody, type FigureSource } from './figure-body.js';
import { type FigureItem } from './figure-request.js';
import { FirstInCycle } from './first-in-cycle.js';
import { type JourneyColumns } from './journey-columns.js';

const SENT = STAGE_ORDER.indexOf('questionnaire-sent');
const COMPLETED = STAGE_ORDER.indexOf('questionnaire-completed');
const ANSWERED = [...Object.keys(QUESTIONS), 'wouldRecommend'];

class QuestionnaireCounts {
  sent = 0;
  completed = 0;
  private readonly answers = Object.fromEntries(
    Object.entries(QUESTIONS).map(([question, values]) => [
      question,
      Object.fromEntries<number>(values.map((value) => [value, 0])),
    ]),
  );
  private readonly wouldRecommend = { yes: 0, no: 0 };

  complete(answers: JsonObject): void {
    this.completed++;
    for (const [question, tally] of Object.entries(this.answers)) {
      const value = answers[question];
      if (typeof value === 'string' && value in tally) tally[value]!++;
    }
    this.wouldRecommend[answers['wouldRecommend'] === true ? 'yes' : 'no']++;
  }

  shown() {
    const { sent, completed, answers, wouldRecommend } = this;
    return { sent, completed, ...answers, wouldRecommend };
  }
}

/** Quality questionnaires sent and completed, each once per journey and cycle, with their answers. */
export function questionnaireFigure(
  { columns, catalogue }: FigureSource<JourneyColumns>,
  selection: Selection,
): FigureBody {
  const table = new GroupTable(selection.groupBy, () => new QuestionnaireCounts());
  const totals = new QuestionnaireCounts();
  const { name, detail, details } = columns.facts;
  forEachCounted({ columns, catalogue }, selection, (row, dimensions) => {
    for (const counts of [table.at(groupOf(dimensions, selection.groupBy)), totals]) {
      if (name[row] === SENT) counts.sent++;
      else counts.complete(JSON.parse(details.value(detail[row]!)) as JsonObject);
    }
  });
  const rows = table.inOrder(catalogue);
  return { items: rows.map(({ names, value }) => ({ ...names, ...value.shown() })), totals: totals.shown() };
}

/** The questionnaires filled in, one an item, without whose they are: by SA, then by what was answered. */
export function questionnaireAnswersFigure(
  { columns, catalogue }: FigureSource<JourneyColumns>,
  selection: Selection,
): FigureBody {
  const items: FigureItem[] = [];
  const { name, detail, details } = columns.facts;
  forEachCounted({ columns, catalogue }, selection, (row, { sa, territory }) => {
    if (name[row] === SENT) return;
    const answers = JSON.parse(details.value(detail[row]!)) as JsonObject;
    const given = ANSWERED.map((question) => [question, answers[question]] as const);
    items.push({ sa, territory, ...Object.fromEntries<unknown>(given) });
    checkRowCount(items.length);
  });
  const bySa = compareGroups(catalogue, ['sa']);
  const rank = (item: FigureItem) =>
    Object.entries(QUESTIONS).map(([question, values]) => values.indexOf(item[question] as string));
  items.sort((a, b) => bySa([a['sa'] as string], [b['sa'] as string]) || compareNumbers(rank(a), rank(b)));
  return { items, totals: { completed: items.length } };
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

/** Shows the rows that count: the first of either kind in a journey's cycle, within the window and the filters. */
function forEachCounted(
  { columns, catalogue }: FigureSource<JourneyColumns>,
  selection: Selection,
  visit: (row: number, dimensions: Partial<Dimensions>) => void,
): void {
  const bounds = boundsOf(selection);
  const first = new Map([SENT, COMPLETED].map((name) => [name, new FirstInCycle(catalogue)]));
  const { name, day, place, places } = columns.facts;
  columns.forEach(bounds, (journey, rows, count) => {
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (name[row]! < SENT || !first.get(name[row]!)?.enters(journey, day[row]!)) continue;
      if (day[row]! < bounds.from || day[row]! > bounds.to) continue;
      const sa = places.value(place[row]!);
      const dimensions = { sa, territory: catalogue.sa(sa)?.territory ?? UNKNOWN };
      if (passesFilters(dimensions, selection.filters)) visit(row, dimensions);
    }
  });
}
