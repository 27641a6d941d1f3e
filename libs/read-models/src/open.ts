import { ReadModelError } from './read-model.error.js';
import { type ReadModelStore } from './read-model.port.js';
import { openSqliteReadModels } from './sqlite/sqlite-read-model-store.js';

/**
 * Opens the read models that a URL names: `sqlite:PATH`. The file is made where it is missing.
 *
 * Rejects with a `ReadModelError`: `invalid` for any other URL, else as the adapter reports.
 */
export async function openReadModels(url: string): Promise<ReadModelStore> {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(url) ?? [];
  switch (scheme.toLowerCase()) {
    case 'sqlite':
      return openSqliteReadModels(filePath(rest));
    case 'mongodb':
    case 'mongodb+srv':
      throw new ReadModelError(
        'invalid',
        `read models in MongoDB (${scheme}:) are not available in this version; possible is sqlite:PATH`,
      );
    default:
      // Not the URL itself: it may hold a password.
      throw new ReadModelError(
        'invalid',
        `read models cannot be kept at a URL of the kind "${scheme}"; possible is sqlite:PATH`,
      );
  }
}

function filePath(rest: string): string {
  // sqlite:///var/lib/models.db, as some tools write it, means the same as sqlite:/var/lib/models.db.
  const path = rest.startsWith('//') ? rest.slice(2) : rest;
  if (path === '' || path === ':memory:') {
    throw new ReadModelError('invalid', 'read models need a file: sqlite:PATH');
  }
  return path;
}
