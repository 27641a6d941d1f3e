import { formErrors } from './check-data.js';
import { type JsonObject, type KnownFact, type StoredFact } from './fact.js';
import { EVENT_TYPES, type EventRegistry, type EventVersion } from './registry.js';

export type ReadFact =
  { readonly ok: true; readonly fact: KnownFact } | { readonly ok: false; readonly detail: string };

/**
 * Checks a fact that was read from a log and brings its data into the form of its type's newest version. Codes of the
 * catalogue were checked when it was taken; a catalogue that changed since then makes no fact wrong.
 */
export function readFact(stored: StoredFact, registry = EVENT_TYPES): ReadFact {
  const version = registry.get(stored.type);
  if (!version) return unreadable(stored, `its type is not known: ${stored.type}`);
  if (!version.isPayload(stored.data)) {
    const [first] = formErrors(version, stored.data);
    return unreadable(stored, `${first?.pointer ?? '/data'} ${first?.detail ?? 'is wrong'}`);
  }
  if ((stored.subject === undefined) !== isSubjectless(version, stored)) {
    return unreadable(stored, stored.subject === undefined ? 'it has no subject' : 'it has a subject');
  }
  const fact = { ...stored, name: version.name, data: inNewestForm(version, stored.data, registry) };
  return { ok: true, fact: fact as unknown as KnownFact };
}

function isSubjectless(version: EventVersion, stored: StoredFact): boolean {
  return version.subject === 'none' || (version.subject === 'target' && stored.subject === undefined);
}

function inNewestForm(version: EventVersion, data: JsonObject, registry: EventRegistry): JsonObject {
  let form = data;
  for (const later of registry.laterThan(version)) form = later.upcast!(form);
  return form;
}

function unreadable(stored: StoredFact, why: string): ReadFact {
  // Not the stream: its name would tell logs and the status, which everybody may read, of whom the fact is.
  return { ok: false, detail: `the fact at position ${stored.position} cannot be read: ${why}` };
}
