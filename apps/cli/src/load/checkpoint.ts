import { createHash, type Hash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tell } from '../output/output.js';

/** How far a load has got, and of what. */
export interface Checkpoint {
  /** Whom the facts were sent to. */
  readonly target: string;
  /** Facts of the file that are done with. */
  readonly facts: number;
  /** SHA-256 of these facts as they were sent, in hexadecimal digits. */
  readonly digest: string;
}

/** Digest of facts in their order. */
export class FactsDigest {
  private readonly hash: Hash = createHash('sha256');

  add(json: Buffer): void {
    this.hash.update(json).update('\n');
  }

  /** The digest up to here; more can be added. */
  get value(): string {
    return this.hash.copy().digest('hex');
  }
}

/** Keeps the checkpoint of a load in a file beside what is loaded, until the load has come to its end. */
export class CheckpointFile {
  private isWritable = true;

  constructor(private readonly path: string) {}

  /** The checkpoint of an earlier run; undefined when there is none that can be read. */
  async read(): Promise<Checkpoint | undefined> {
    try {
      const found = JSON.parse(await readFile(this.path, 'utf8')) as Partial<Checkpoint> | null;
      return Number.isSafeInteger(found?.facts) ? (found as Checkpoint) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Without a checkpoint a load goes on all the same: begun again, it finds its facts known. */
  async write(checkpoint: Checkpoint): Promise<void> {
    if (!this.isWritable) return;
    try {
      await writeFile(`${this.path}.new`, `${JSON.stringify(checkpoint, null, 2)}\n`);
      await rename(`${this.path}.new`, this.path);
    } catch (error) {
      this.isWritable = false;
      tell(`no checkpoint can be kept: ${(error as Error).message}`);
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }
}
