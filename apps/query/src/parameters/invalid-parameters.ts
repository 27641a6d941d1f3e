import { ProblemError, type ProblemPlace, summaryOf } from '#http';

/** One thing that is wrong with a request, and the parameter that it is wrong with. */
export interface ParameterFault extends ProblemPlace {
  readonly parameter: string;
}

/** Refuses parameters that have the right form and cannot be answered all the same. */
export function invalidParameters(faults: readonly ParameterFault[]): ProblemError {
  return new ProblemError('invalid-parameter', summaryOf(faults), { errors: faults });
}

/** A value of a request as messages quote it: short, on one line. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
