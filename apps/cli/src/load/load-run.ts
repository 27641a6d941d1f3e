import { CliError } from '../cli.error.js';
import { tell } from '../output/output.js';
import { type Progress } from '../output/progress.js';
import { listed } from '../target/problem.js';
import { type CheckpointFile, FactsDigest } from './checkpoint.js';
import { type Chunk, chunksOf } from './chunks.js';
import { describeErrors, type FactSender, FactRefused, type Receipt } from './fact-sender.js';
import { describeInFile, type SourceFact, type SourcePart } from './source.js';

export interface LoadParts {
  /** Begins to read the file, from its start. */
  readonly open: () => AsyncGenerator<SourcePart>;
  readonly sender: FactSender;
  /** None for what can be read only once. */
  readonly checkpoint?: CheckpointFile;
  /** Whom the facts are sent to, as the checkpoint names it. */
  readonly target: string;
  /** Whether wrong facts are left out. */
  readonly skip: boolean;
  readonly progress: Progress;
}

/** What became of the facts that were sent in this run. */
interface LoadCounts {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
}

export interface LoadResult extends LoadCounts {
  /** Facts that an earlier, interrupted run had loaded. */
  readonly resumedAfter: number;
  /** Includes all facts of the file; null when it has none. */
  readonly position: string | null;
  /** Why facts were left out, the first of them. */
  readonly errors: readonly string[];
}

const MOST_ERRORS = 1_000;

/** One load of a file. While a chunk is sent the next one is read. */
export class LoadRun {
  private counts: LoadCounts = { accepted: 0, duplicates: 0, rejected: 0 };
  private digest = new FactsDigest();
  private done = 0;
  private position: string | null = null;
  private readonly errors: string[] = [];

  constructor(private readonly parts: LoadParts) {}

  /** @throws CliError of the first fact that is refused, unless those are skipped; what stands before it is loaded */
  async run(): Promise<LoadResult> {
    const { skip, checkpoint } = this.parts;
    await this.parts.sender.greet();
    const source = await this.resume();
    const resumedAfter = this.done;
    let underWay: Promise<void> = Promise.resolve();
    for await (const chunk of chunksOf(source, !skip)) {
      await underWay;
      underWay = this.deliver(chunk);
      // It is awaited later: until then nobody listens.
      underWay.catch(() => undefined);
    }
    await underWay;
    await checkpoint?.remove();
    return { ...this.counts, resumedAfter, position: this.position, errors: this.errors };
  }

  /** The file behind what an interrupted load has done, if both file and log are still those of that load. */
  private async resume(): Promise<AsyncGenerator<SourcePart>> {
    const { checkpoint, target, open, sender } = this.parts;
    const kept = await checkpoint?.read();
    if (!kept || kept.target !== target || kept.facts === 0) return open();
    const source = open();
    const ends: SourceFact[] = [];
    while (this.done < kept.facts) {
      const { value } = (await source.next()) as { value: SourcePart | undefined };
      if (!value) break;
      if (value.kind === 'fault') continue;
      ends.splice(1, 1, value);
      this.digest.add(value.json);
      this.done += 1;
    }
    if (this.digest.value === kept.digest && (await sender.knows(ends))) {
      tell(`going on after ${kept.facts} facts`);
      return source;
    }
    tell('beginning again: the file or the log is not that of the interrupted load any more');
    await source.return(undefined);
    this.digest = new FactsDigest();
    this.done = 0;
    return open();
  }

  private async deliver({ facts, faults }: Chunk): Promise<void> {
    if (facts.length > 0) await this.send(facts);
    if (faults.length === 0) return;
    const lines = faults.flatMap((fault) => fault.errors.map((error) => describeInFile(fault, error)));
    if (!this.parts.skip) throw new CliError('failed', 'a fact cannot be made', listed(lines));
    this.reject(faults.length, lines);
  }

  private async send(facts: readonly SourceFact[]): Promise<void> {
    try {
      const receipt = await this.parts.sender.send(facts);
      this.take(receipt, facts);
      await this.advance(facts);
    } catch (error) {
      // Those before the one that is wrong are in the log: when it is put right the load goes on with it.
      if (error instanceof FactRefused) await this.advance(facts.slice(0, error.before));
      throw error;
    }
  }

  private take(
    { accepted, duplicates, rejected = 0, errors = [], position }: Receipt,
    facts: readonly SourceFact[],
  ) {
    const { counts } = this;
    this.counts = {
      ...counts,
      accepted: counts.accepted + accepted,
      duplicates: counts.duplicates + duplicates,
    };
    this.position = position;
    this.reject(rejected, describeErrors(errors, facts));
  }

  private reject(count: number, lines: readonly string[]): void {
    this.counts = { ...this.counts, rejected: this.counts.rejected + count };
    this.errors.push(...lines.slice(0, MOST_ERRORS - this.errors.length));
  }

  private async advance(facts: readonly SourceFact[]): Promise<void> {
    const last = facts.at(-1);
    if (!last) return;
    for (const { json } of facts) this.digest.add(json);
    this.done += facts.length;
    const { target, checkpoint, progress } = this.parts;
    await checkpoint?.write({ target, facts: this.done, digest: this.digest.value });
    progress.update(last.bytesRead, this.done);
  }
}
