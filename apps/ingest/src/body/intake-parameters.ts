import { ProblemError, type ProblemPlace, summaryOf } from '#http';

export interface IntakeParameters {
  /** Leave wrong events out and report them, instead of refusing the request. */
  readonly skip: boolean;
  /** Check, and store nothing. */
  readonly validateOnly: boolean;
}

const POSSIBLE: Readonly<Record<string, readonly string[]>> = {
  onError: ['skip'],
  validateOnly: ['true', 'false'],
};

/**
 * Reads the parameters of an ingest request. By hand: a validation of classes would cost more than storing the fact.
 *
 * @throws ProblemError `invalid-parameter`
 */
export function readParameters(query: unknown): IntakeParameters {
  const given = query as Readonly<Record<string, unknown>>;
  const errors = Object.keys(given).flatMap((parameter) => misuse(parameter, given[parameter]));
  if (errors.length > 0) throw new ProblemError('invalid-parameter', summaryOf(errors), { errors });
  return { skip: given['onError'] === 'skip', validateOnly: given['validateOnly'] === 'true' };
}

function misuse(parameter: string, value: unknown): ProblemPlace[] {
  if (!Object.hasOwn(POSSIBLE, parameter)) {
    return [
      { parameter, detail: `there is no such parameter here; possible: ${Object.keys(POSSIBLE).join(', ')}` },
    ];
  }
  if (Array.isArray(value)) return [{ parameter, detail: 'is given more than once' }];
  const values = POSSIBLE[parameter]!;
  if (values.some((one) => one === value)) return [];
  return [{ parameter, detail: `must be ${values.join(' or ')}, not ${JSON.stringify(value)}` }];
}
