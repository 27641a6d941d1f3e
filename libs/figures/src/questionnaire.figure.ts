import { type JsonObject, STAGE_ORDER } from '#events';
import {
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
import { FirstInCycle } from './first-in-cycle.js';
import { type JourneyColumns } from './journey-columns.js';

const SENT = STAGE_ORDER.indexOf('questionnaire-sent');
const COMPLETED = STAGE_ORDER.indexOf('questionnaire-completed');
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
