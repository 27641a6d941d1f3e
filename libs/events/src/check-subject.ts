import { FULL_TYPE_FORM } from './declaration/text-forms.js';
import { type EventError, quoted } from './incoming-event.js';
import { type EventRegistry, type EventVersion } from './registry.js';

/**
 * Whether an event has a subject just when its type asks for one, and what a retraction has to say about the event
 * that it takes back. Whether that is true of the event is for those who have the log to see.
 */
export function subjectErrors(
  version: EventVersion,
  hasSubject: boolean,
  data: unknown,
  registry: EventRegistry,
): EventError[] {
  if (version.subject === 'target') return retractionErrors(hasSubject, data, registry);
  if (version.subject === 'none') return hasSubject ? [forbidden(version.name)] : [];
  return hasSubject ? [] : [missing(`is required: the ${version.subject} that ${version.name} is about`)];
}

const missing = (detail: string): EventError => ({ pointer: '/subject', detail });
const unknownType = (type: string): EventError => ({
  pointer: '/data/type',
  detail: `there is no event type ${quoted(type)}`,
});
const forbidden = (name: string): EventError => ({ pointer: '/subject', detail: `${name} has no subject` });

function retractionErrors(hasSubject: boolean, data: unknown, registry: EventRegistry): EventError[] {
  if (typeof data !== 'object' || data === null) return [];
  const { type, day } = data as Readonly<Record<string, unknown>>;
  if (typeof type !== 'string') return hasSubject || type !== undefined ? [] : subjectlessErrors(type, day);
  const target = registry.get(type);
  if (!target) return FULL_TYPE_FORM.test(type) ? [unknownType(type)] : [];
  if (target.subject === 'target')
    return [{ pointer: '/data/type', detail: 'a retraction cannot be taken back' }];
  if (target.subject === 'none') return hasSubject ? [forbidden(target.name)] : subjectlessErrors(type, day);
  return hasSubject ? [] : [missing(`is required: the ${target.subject} of the event taken back`)];
}

function subjectlessErrors(type: unknown, day: unknown): EventError[] {
  const errors: EventError[] = [];
  if (type === undefined) {
    const detail =
      'is required when the event taken back is not of a journey; one of a journey needs the subject';
    errors.push({ pointer: '/data/type', detail });
  }
  if (day === undefined) {
    errors.push({ pointer: '/data/day', detail: 'is required when the event taken back has no subject' });
  }
  return errors;
}
