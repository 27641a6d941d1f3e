import { type Problem, type ProblemPlace } from '#http/problem';
import { CliError } from '../cli.error.js';
import { type ExitName } from '../exit-code.js';

/** Places that are shown of one answer. */
const MOST_PLACES = 20;

/** The server answered, and refused. */
export class ProblemAnswer extends CliError {
  constructor(
    readonly problem: Problem,
    readonly retryAfterSeconds?: number,
  ) {
    super(exitOf(problem.status), headline(problem), listed((problem.errors ?? []).map(describePlace)));
  }
}

/** One line over an answer that refuses something; the places, where there are any, follow on lines of their own. */
export function headline({ title, status, detail, errors = [] }: Problem): string {
  return `${title} (${status})${errors.length > 0 ? '' : `: ${detail}`}`;
}

function exitOf(status: number): Exclude<ExitName, 'ok'> {
  if (status === 401 || status === 403) return 'refused';
  if (status === 429 || status === 502 || status === 503 || status === 504) return 'unreachable';
  return status === 400 ? 'usage' : 'failed';
}

/** Lines of which not too many are shown. */
export function listed(lines: readonly string[], count = lines.length): string[] {
  const shown = lines.slice(0, MOST_PLACES);
  return count > shown.length ? [...shown, `… and ${count - shown.length} more`] : shown;
}

/** One line: where, and what is wrong there. */
export function describePlace({ index, line, pointer, parameter, detail }: ProblemPlace): string {
  const place = [
    index === undefined ? '' : `event ${index}`,
    line === undefined ? '' : `line ${line}`,
    parameter === undefined ? '' : `parameter ${parameter}`,
    pointer ?? '',
  ].filter((part) => part !== '');
  return place.length === 0 ? detail : `${place.join(' ')}: ${detail}`;
}

/** The problem of an answer that is no problem document: of a proxy in between, for instance. */
export function problemFrom(status: number, text: string): Problem {
  try {
    const parsed = JSON.parse(text) as Partial<Problem> | null;
    if (typeof parsed?.title === 'string' && typeof parsed.detail === 'string') {
      return { type: 'about:blank', ...parsed, title: parsed.title, detail: parsed.detail, status };
    }
  } catch {
    // No JSON: whatever it is, it is not shown.
  }
  return {
    type: 'about:blank',
    title: 'No answer of Percorso',
    status,
    detail: 'is this the address of its server?',
  };
}
