import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { CliError } from '../cli.error.js';
import { type Output } from './output.js';

/** Writes a file under another name and gives it its own when all of it is there. */
export async function intoFile(
  path: string,
  write: (to: Pick<Output, 'write'>) => Promise<void>,
): Promise<void> {
  const unfinished = `${path}.unfinished`;
  const file = createWriteStream(unfinished);
  const broken = new Promise<never>((_resolve, reject) => {
    file.on('error', (error) =>
      reject(new CliError('failed', `${path} cannot be written: ${error.message}`)),
    );
  });
  const writePart = (part: string | Uint8Array) =>
    new Promise<void>((resolve) => void file.write(part, (error) => error ?? resolve()));
  try {
    await Promise.race([broken, write({ write: (part) => Promise.race([broken, writePart(part)]) })]);
    file.end();
    await Promise.race([broken, finished(file)]);
    await rename(unfinished, path);
  } catch (error) {
    file.destroy();
    await rm(unfinished, { force: true });
    throw error;
  }
}
