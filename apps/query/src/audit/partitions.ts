import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Files a level; each has a write buffer of this many characters. */
const FILES = 256;
const BUFFER_LENGTH = 32_768;
/** A file with more lines is spread over files of its own before it is read. */
export const LINES_AT_ONCE = 50_000;
/** The hash has a byte for each level; lines of one key cannot be parted at all. */
const DEEPEST_LEVEL = 4;

interface PartitionFile {
  readonly path: string;
  lines: number;
  buffer: string;
}

/**
 * Parts keyed lines over temporary files so that lines of one key come together, and gives them back file by file.
 * The memory it takes does not depend on how many lines there are, only on how many one key has.
 */
export class Partitions {
  private readonly files = new Map<number, PartitionFile>();

  /**
   * @param folder for the files; made when it is not there
   * @param linesAtOnce how many lines are held in memory together, unless they are all of one key
   */
  constructor(
    private readonly folder: string,
    private readonly keyOf: (line: string) => string,
    private readonly linesAtOnce = LINES_AT_ONCE,
    private readonly level = 1,
  ) {}

  /** @param line ends in a line break */
  async add(key: string, line: string): Promise<void> {
    const file = this.file(fileOf(key, this.level));
    file.lines++;
    file.buffer += line;
    if (file.buffer.length >= BUFFER_LENGTH) await this.flush(file);
  }

  /** All lines, in portions that hold all lines of their keys; within a key in the order in which they were added. */
  async *portions(): AsyncGenerator<string[]> {
    for (const file of this.files.values()) {
      await this.flush(file);
      if (file.lines <= this.linesAtOnce || this.level === DEEPEST_LEVEL) yield await linesOf(file.path);
      else yield* this.parted(file);
      await rm(file.path);
    }
  }

  private async *parted(file: PartitionFile): AsyncGenerator<string[]> {
    const folder = `${file.path}-parts`;
    const parts = new Partitions(folder, this.keyOf, this.linesAtOnce, this.level + 1);
    for await (const line of streamedLines(file.path)) await parts.add(this.keyOf(line), `${line}\n`);
    yield* parts.portions();
    await rm(folder, { recursive: true });
  }

  private file(number: number): PartitionFile {
    let file = this.files.get(number);
    if (!file) {
      file = { path: join(this.folder, String(number)), lines: 0, buffer: '' };
      this.files.set(number, file);
    }
    return file;
  }

  private async flush(file: PartitionFile): Promise<void> {
    const { buffer } = file;
    file.buffer = '';
    await mkdir(this.folder, { recursive: true });
    await appendFile(file.path, buffer);
  }
}

async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8');
  return text.split('\n').slice(0, -1);
}

function streamedLines(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
}

/** FNV-1a, of which every level takes another byte: keys that met in one file part in the next. */
function fileOf(key: string, level: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return (hash >>> (8 * (level - 1))) & (FILES - 1);
}
