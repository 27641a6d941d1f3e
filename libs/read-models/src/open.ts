import { LateReadModels } from './late-read-models.js';
import { openMongodbReadModels } from './mongodb/mongodb-read-model-store.js';
import { ReadModelError } from './read-model.error.js';
import { type ReadModelStore } from './read-model.port.js';
import { openSqliteReadModels } from './sqlite/sqlite-read-model-store.js';

export interface OpenReadModelsOptions {
  /** For those who only read: they make nothing, and a file has to be there already. */
  readonly readonly?: boolean;
}

const POSSIBLE = 'possible are mongodb://HOST:PORT/DATABASE, mongodb+srv://HOST/DATABASE and sqlite:PATH';

/**
 * Opens the read models that a URL names: `mongodb://…/DATABASE`, `mongodb+srv://…/DATABASE` or `sqlite:PATH`. What is
 * missing is made, unless they are only to be read.
 *
 * Rejects with a `ReadModelError`: `invalid` for any other URL, else as the adapter reports.
 */
export async function openReadModels(
  url: string,
  options: OpenReadModelsOptions = {},
): Promise<ReadModelStore> {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(url) ?? [];
  switch (scheme.toLowerCase()) {
    case 'sqlite':
      return openSqliteReadModels(filePath(rest), options);
    case 'mongodb':
    case 'mongodb+srv':
      return openMongodbReadModels(url, options);
    default:
      // Not the URL itself: it may hold a password.
      throw new ReadModelError(
        'invalid',
        `read models cannot be kept at a URL of the kind "${scheme}"; ${POSSIBLE}`,
      );
  }
}

/**
 * Opens the read models as `openReadModels` does. Those that are away but may come, on a server or in a file that another
 * process makes, are opened when they are used: until then every call is `unavailable`.
 */
export async function openReadModelsOrWait(
  url: string,
  options: OpenReadModelsOptions = {},
): Promise<ReadModelStore> {
  const open = () => openReadModels(url, options);
  const mayCome = options.readonly === true || !/^sqlite:/i.test(url);
  return open().catch((error: unknown) => {
    if (mayCome && error instanceof ReadModelError && error.code === 'unavailable')
      return new LateReadModels(open);
    throw error;
  });
}

function filePath(rest: string): string {
  // sqlite:///var/lib/models.db, as some tools write it, means the same as sqlite:/var/lib/models.db.
  const path = rest.startsWith('//') ? rest.slice(2) : rest;
  if (path === '' || path === ':memory:') {
    throw new ReadModelError('invalid', 'read models need a file: sqlite:PATH');
  }
  return path;
}
