import { isoInstant } from '#calendar';
import { type Catalogue } from '#catalogue';
import { type FigureAnswer, type FigureRequest } from '#figures';
import { type Report, type ReportItem, type ReportSection } from './document.js';
import { withErrata } from './errata.js';
import { type Answers, type ItemDefinition, type Questions } from './item-definition.js';
import { makeAgain } from './make-again.js';
import { REPORT_SECTIONS } from './report-sections.js';
import { type ReportQuestion, ReportScope } from './scope.js';

export interface ReportParts {
  readonly catalogue: Catalogue;
  /** Answers all requests at one position. */
  readonly askAll: (requests: readonly FigureRequest[]) => Promise<readonly FigureAnswer[]>;
  /** The token of a position. */
  readonly positionToken: (position: number) => string;
  /** Now, in milliseconds since 1970. */
  readonly now: number;
}

/**
 * The annual report of a year beside the year before, at the cut-offs: all of its figures reflect one position of the
 * log. Rejects as `askAll` does.
 */
export async function makeReport(question: ReportQuestion, parts: ReportParts): Promise<Report> {
  const scope = new ReportScope(question, parts.catalogue);
  const sections = REPORT_SECTIONS.map(({ id, items }) => ({
    id,
    items: items.map((definition) => ({ definition, questions: definition.asks(scope) })),
  }));
  const asked = sections.flatMap(({ items }) => items.flatMap(({ questions }) => Object.values(questions)));
  const answers = await askOnce(asked, parts);
  const made = sections.map(({ id, items }): ReportSection => {
    const shown = items.flatMap(({ definition, questions }) => build(scope, definition, questions, answers));
    return { id, title: scope.say(id), items: shown };
  });
  const { position } = answers.get(keyOf(asked[0]!))!;
  const token = parts.positionToken(position);
  const madeAt = isoInstant(parts.now);
  return {
    year: scope.year,
    lang: scope.lang,
    knownAt: question.knownAt,
    until: question.until,
    title: scope.say('report.title'),
    subtitle: scope.say('report.subtitle'),
    sections: made,
    position: token,
    catalogue: parts.catalogue.digest,
    madeAt,
    makeAgain: makeAgain(scope, { position: token, madeAt }),
  };
}

type ByKey = ReadonlyMap<string, FigureAnswer>;

const keyOf = (request: FigureRequest) => JSON.stringify(request);

/** Asks what several items need only once. */
async function askOnce(asked: readonly FigureRequest[], { askAll }: ReportParts): Promise<ByKey> {
  const requests = new Map(asked.map((request) => [keyOf(request), request]));
  const answers = await askAll([...requests.values()]);
  return new Map([...requests.keys()].map((key, index) => [key, answers[index]!]));
}

function build(
  scope: ReportScope,
  definition: ItemDefinition,
  questions: Questions,
  answers: ByKey,
): ReportItem[] {
  const own = Object.entries(questions).map(
    ([name, request]) => [name, answers.get(keyOf(request))!] as const,
  );
  const items = definition.items(scope, Object.fromEntries(own) satisfies Answers<Questions>);
  return items.map((item) => withErrata(scope, item));
}
