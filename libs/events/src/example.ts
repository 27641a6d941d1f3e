import { type JsonObject } from './fact.js';
import { type EventVersion } from './registry.js';

const SUBJECTS = { journey: 'J-7F3A', meeting: 'M-2020-118', target: 'J-7F3A', none: undefined };

/** A whole CloudEvent of a type, as the documentation shows it; the check accepts it. */
export function exampleOf({ name, fullType, subject, example }: EventVersion): JsonObject {
  const id = SUBJECTS[subject];
  return {
    specversion: '1.0',
    id: `${name}-example`,
    source: '/area-web',
    type: fullType,
    ...(id === undefined ? {} : { subject: id }),
    time: '2020-05-12T10:00:00+02:00',
    data: example,
  };
}
