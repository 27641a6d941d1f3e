import { untellingFormError } from './check-data.js';
import { type JsonObject, type KnownFact, type StoredFact } from './fact.js';
import { EVENT_TYPES, type EventRegistry, type EventVersion } from './registry.js';

export type ReadFact =
  { readonly ok: true; readonly fact: KnownFact } | { readonly ok: false; readonly detail: string };

/** A type of the programme's form is named, as one of a later version is; anything else could be anything. */
const versionOf = (type: string) => (/^it\.mip\.[a-z]+(-[a-z]+)*\.v\d+$/.test(type) ? `: ${type}` : '');

/**
 * Checks a fact that was read from a log and brings its data into the form of its type's newest version. Codes of the
 * catalogue were checked when it was taken; a catalogue that changed since then makes no fact wrong.
 *
 * The detail goes to logs and to the status, which everybody may read: it tells the position and what is declared, and
 * nothing that the fact holds.
 */
export function readFact(stored: StoredFact, registry = EVENT_TYPES): ReadFact {
  const version = registry.get(stored.type);
  if (!version) return unreadable(stored, `its type is not known${versionOf(stored.type)}`);
  const fault = untellingFormError(version, stored.data);
  if (fault) return unreadable(stored, `${fault.pointer} ${fault.detail}`);
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
  // Not the stream: its name would tell of whom the fact is.
  return { ok: false, detail: `the fact at position ${stored.position} cannot be read: ${why}` };
}
