/**
 * Problem details of RFC 9457, and the one table that says which status a kind of problem has.
 */
const KINDS = {
  malformed: [400, 'The request cannot be read'],
  'invalid-parameter': [400, 'A parameter is wrong'],
  unauthenticated: [401, 'A key is needed'],
  forbidden: [403, 'This is not allowed'],
  'not-found': [404, 'There is nothing here'],
  'method-not-allowed': [405, 'This method is not possible here'],
  'not-acceptable': [406, 'None of the asked formats is possible'],
  timeout: [408, 'The request took too long'],
  conflict: [409, 'A known event has other content'],
  'too-large': [413, 'The request is too large'],
  'uri-too-long': [414, 'The address is too long'],
  'unsupported-media-type': [415, 'This content cannot be taken'],
  'invalid-event': [422, 'An event is wrong'],
  overloaded: [429, 'Too much is waiting'],
  'headers-too-large': [431, 'The headers are too large'],
  internal: [500, 'The server failed'],
  unavailable: [503, 'A part of the system is away'],
  busy: [503, 'Others are ahead'],
  'not-caught-up': [503, 'The figures are not there yet'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof KINDS;

export const PROBLEM_TYPE = 'application/problem+json';

/** One place that is wrong. */
export interface ProblemPlace {
  /** Which event of a batch, from 0. */
  readonly index?: number;
  /** Which line of the body, from 1. */
  readonly line?: number;
  /** RFC 6901 pointer into the event. */
  readonly pointer?: string;
  /** Name of the query or path parameter. */
  readonly parameter?: string;
  readonly detail: string;
}

/** What is answered, as `application/problem+json`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly ProblemPlace[];
  readonly [extension: string]: unknown;
}

export interface ProblemOptions extends ErrorOptions {
  readonly errors?: readonly ProblemPlace[];
  /** Further members of the answer. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** When it is worth trying again; 1 where the kind of problem asks for a time and none is given. */
  readonly retryAfterSeconds?: number;
}

/** What a request is refused with. The message becomes `detail`: it is shown to the caller. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly errors: readonly ProblemPlace[];
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;

  constructor(
    readonly code: ProblemCode,
    message: string,
    { errors = [], extensions = {}, retryAfterSeconds, ...options }: ProblemOptions = {},
  ) {
    super(message, options);
    this.errors = errors;
    this.extensions = extensions;
    this.retryAfterSeconds = retryAfterSeconds ?? (isWorthTryingAgain(code) ? 1 : undefined);
  }

  /** The HTTP status of this kind of problem. */
  get status(): number {
    return KINDS[this.code][0];
  }

  toProblem(): Problem {
    const { code, status, message, errors, extensions } = this;
    return {
      type: `urn:percorso:problem:${code}`,
      title: KINDS[code][1],
      status,
      detail: message,
      ...extensions,
      ...(errors.length > 0 ? { errors } : {}),
    };
  }
}

function isWorthTryingAgain(code: ProblemCode): boolean {
  const [status] = KINDS[code];
  return status === 429 || status === 503;
}

/** The kind of problem that answers with a status; of several the first in the table. */
export function problemCodeOf(status: number): ProblemCode {
  const found = Object.entries(KINDS).find(([, [one]]) => one === status);
  if (found) return found[0] as ProblemCode;
  return status >= 400 && status < 500 ? 'malformed' : 'internal';
}

/** One sentence over all places: the only one, or how many there are and the first. */
export function summaryOf(errors: readonly ProblemPlace[]): string {
  const [first] = errors;
  if (!first) return 'Something is wrong.';
  const place = [
    first.index === undefined ? '' : `event ${first.index}`,
    first.line === undefined ? '' : `line ${first.line}`,
    first.parameter ?? '',
    first.pointer ?? '',
  ].filter((part) => part !== '');
  const told = place.length > 0 ? `${place.join(' ')}: ${first.detail}` : first.detail;
  return errors.length === 1 ? told : `${errors.length} errors; the first: ${told}`;
}
