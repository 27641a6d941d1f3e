import { readFileSync } from 'node:fs';

/** From the compiled program up to the project. */
const PACKAGE = new URL('../../../../package.json', import.meta.url);

/** The version of Percorso. */
export function version(): string {
  return (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { readonly version: string }).version;
}
