import { fileURLToPath, pathToFileURL } from 'node:url';
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

function projectRoot(from: string): string {
  let folder = dirname(from);
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** A folder of what the last build made, for a module in `dist` or in the sources. */
export function builtFolder(moduleUrl: string, ...path: readonly string[]): string {
  return join(projectRoot(fileURLToPath(moduleUrl)), 'dist', ...path);
}

/**
 * The compiled file of a worker thread that stands beside the calling module. Workers need JavaScript, and the
 * tests run from TypeScript: from there the file of the last build is taken.
 *
 * @param moduleUrl `import.meta.url` of the caller
 * @param name file name without ending: `sqlite-writer.worker`
 */
export function workerFile(moduleUrl: string, name: string): URL {
  const caller = fileURLToPath(moduleUrl);
  const root = projectRoot(caller);
  const inside = relative(root, dirname(caller)).split(sep);
  const folder = inside[0] === 'dist' ? inside : ['dist', ...inside];
  return pathToFileURL(join(root, ...folder, `${name}.js`));
}
