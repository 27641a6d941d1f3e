import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CatalogueError } from './catalogue.error.js';
import { type Catalogue } from './catalogue.js';
import { parseCatalogue } from './parse-catalogue.js';

/** The programme "Mettersi in proprio". Compiled code stands one folder deeper (`dist`) than the data. */
function mipFile(): string {
  const here = import.meta.url;
  const up = here.includes('/dist/libs/catalogue/') ? '../../../../libs/catalogue' : '..';
  return fileURLToPath(new URL(`${up}/data/mip.json`, here));
}

/**
 * Reads the programme catalogue from a file, the one of MIP when none is named.
 *
 * @throws CatalogueError when the file cannot be read or is no valid catalogue
 */
export function loadCatalogue(file = mipFile()): Catalogue {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CatalogueError(`${file}: cannot be read: ${(cause as Error).message}`, { cause });
  }
  return parseCatalogue(text, file);
}
