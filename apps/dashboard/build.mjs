/** Builds the dashboard into dist/apps/dashboard, compressed beforehand; nothing happens when no source has changed. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const SOURCES = fileURLToPath(new URL('.', import.meta.url));
const LOCK = join(SOURCES, '..', '..', 'package-lock.json');
const BUILT = join(SOURCES, '..', '..', 'dist', 'apps', 'dashboard');
const STAMP = `${BUILT}.digest`;

const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

function digestOfSources() {
  const digest = createHash('sha256');
  for (const file of [...filesOf(SOURCES), LOCK])
    digest.update(`${relative(SOURCES, file)}\n`).update(readFileSync(file));
  return digest.digest('hex');
}

function compress(file) {
  const content = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}

const digest = digestOfSources();
if (!existsSync(BUILT) || !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== digest) {
  const { build } = await import('vite');
  await build({ configFile: join(SOURCES, 'vite.config.mjs') });
  filesOf(BUILT)
    .filter((file) => /\.(js|css|html|svg)$/.test(file))
    .forEach(compress);
  writeFileSync(STAMP, digest);
}
