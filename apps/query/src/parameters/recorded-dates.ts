import { type Instant } from '#calendar';
import { type DiffParameters } from './endpoint-parameters.js';
import { invalidParameters } from './invalid-parameters.js';
import { parseCutOff } from './parameter-forms.js';

/**
 * The two recorded dates that a diff compares.
 *
 * @throws ProblemError `invalid-parameter` where one is missing, or the first is not before the second
 */
export function recordedDates(parameters: DiffParameters): { before: Instant; after: Instant } {
  const missing = (['knownAt', 'and'] as const).filter((name) => parameters[name] === undefined);
  if (missing.length > 0) {
    const detail = 'must be given: a diff compares what was known at knownAt and at and';
    throw invalidParameters(missing.map((parameter) => ({ parameter, detail })));
  }
  const [before, after] = [parseCutOff(parameters.knownAt!)!, parseCutOff(parameters.and!)!];
  if (before < after) return { before, after };
  const detail = `must be before and: ${parameters.knownAt} is not before ${parameters.and}`;
  throw invalidParameters([{ parameter: 'knownAt', detail }]);
}
