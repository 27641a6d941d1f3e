import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Files a level; each has a write buffer of this many characters. */
const FILES = 256;
const BUFFER_LENGTH = 32_768;
/** What is not more than this stays in memory; a file with more is spread over files of its own before it is read. */
export const ITEMS_AT_ONCE = 50_000;
/** The hash has a byte for each level; items of one key cannot be parted at all. */
const DEEPEST_LEVEL = 4;

/** How items stand in a file. */
export interface ItemForm<T> {
  keyOf(item: T): string;
  /** One line of text that ends in a line break. */
  write(item: T): string;
  /** The item that a line, without its break, was written from. */
  read(line: string): T;
}

interface PartitionFile {
  readonly path: string;
  items: number;
  buffer: string;
}

/**
 * Brings items of one key together and gives them back in portions. A few stay in memory; more are parted over temporary
 * files, so that the memory it takes does not depend on how many there are, only on how many one key has.
 */
export class Partitions<T> {
  private kept: T[] = [];
  private files: Map<number, PartitionFile> | undefined;

  /**
   * @param folder for the files; made when it is needed and not there
   * @param itemsAtOnce how many are held in memory together, unless they are all of one key
   */
  constructor(
    private readonly folder: string,
    private readonly form: ItemForm<T>,
    private readonly itemsAtOnce = ITEMS_AT_ONCE,
    private readonly level = 1,
  ) {}

  async add(item: T): Promise<void> {
    if (this.files) return this.write(this.files, item);
    this.kept.push(item);
    if (this.kept.length <= this.itemsAtOnce) return;
    await mkdir(this.folder, { recursive: true });
    const { kept } = this;
    this.kept = [];
    this.files = new Map();
    for (const one of kept) await this.write(this.files, one);
  }

  /** All items, in portions that hold all items of their keys; within a key in the order in which they were added. */
  async *portions(): AsyncGenerator<T[]> {
    if (!this.files) {
      if (this.kept.length > 0) yield this.kept;
      return;
    }
    for (const file of this.files.values()) {
      await flush(file);
      if (file.items <= this.itemsAtOnce || this.level === DEEPEST_LEVEL) yield await this.itemsOf(file);
      else yield* this.parted(file);
      await rm(file.path);
    }
  }

  private async *parted(file: PartitionFile): AsyncGenerator<T[]> {
    const folder = `${file.path}-parts`;
    const parts = new Partitions(folder, this.form, this.itemsAtOnce, this.level + 1);
    for await (const line of streamedLines(file.path)) await parts.add(this.form.read(line));
    yield* parts.portions();
    await rm(folder, { recursive: true });
  }

  private async write(files: Map<number, PartitionFile>, item: T): Promise<void> {
    const number = fileOf(this.form.keyOf(item), this.level);
    let file = files.get(number);
    if (!file) {
      file = { path: join(this.folder, String(number)), items: 0, buffer: '' };
      files.set(number, file);
    }
    file.items++;
    file.buffer += this.form.write(item);
    if (file.buffer.length >= BUFFER_LENGTH) await flush(file);
  }

  private async itemsOf({ path }: PartitionFile): Promise<T[]> {
    const lines = (await readFile(path, 'utf8')).split('\n').slice(0, -1);
    return lines.map((line) => this.form.read(line));
  }
}

async function flush(file: PartitionFile): Promise<void> {
  const { buffer } = file;
  file.buffer = '';
  await appendFile(file.path, buffer);
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
