import { setTimeout as pause } from 'node:timers/promises';
import { type ProblemPlace } from '#http/problem';
import { CliError } from '../cli.error.js';
import { type Client } from '../target/client.js';
import { headline, listed, ProblemAnswer } from '../target/problem.js';
import { describeInFile, type SourceFact } from './source.js';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/** What the server says of facts that it took. */
export interface Receipt {
  readonly accepted: number;
  readonly duplicates: number;
  readonly position: string;
  readonly rejected?: number;
  readonly errors?: readonly ProblemPlace[];
}

/** A fact was refused, and those before it were taken. */
export class FactRefused extends CliError {
  /** @param before how many facts of the chunk stand before it */
  constructor(
    problem: ProblemAnswer,
    readonly before: number,
    details: readonly string[],
  ) {
    super(problem.exit, headline(problem.problem), details);
  }
}

export interface SendingOptions {
  /** Whether facts are checked only. */
  readonly validateOnly: boolean;
  /** Whether wrong facts are left out. */
  readonly skip: boolean;
  /** How long to go on trying when the server is away or overloaded. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  /** Told when a try has failed and another follows. */
  readonly waiting: (message: string) => void;
}

/** Sends facts to a server, again where it has to be: what is known already changes nothing. */
export class FactSender {
  constructor(
    private readonly client: Client,
    private readonly options: SendingOptions,
  ) {}

  /** Whether the server is there and takes facts with this key, before anything of a file is read. */
  async greet(): Promise<void> {
    await this.client.post('/v1/events', {
      type: 'application/cloudevents-batch+json',
      body: Buffer.from('[]'),
      signal: this.options.signal,
    });
  }

  /** @throws FactRefused when one of them is wrong; CliError when the server stays away */
  async send(facts: readonly SourceFact[]): Promise<Receipt> {
    const body = Buffer.concat(facts.flatMap(({ json }) => [json, NEW_LINE]));
    const { validateOnly, skip } = this.options;
    try {
      return await this.patiently(body, {
        validateOnly: validateOnly ? 'true' : undefined,
        onError: skip ? 'skip' : undefined,
      });
    } catch (error) {
      throw error instanceof ProblemAnswer ? refusalOf(error, facts) : error;
    }
  }

  /** Whether the server knows these facts already. */
  async knows(facts: readonly SourceFact[]): Promise<boolean> {
    const body = Buffer.concat(facts.flatMap(({ json }) => [json, NEW_LINE]));
    const { accepted, duplicates } = await this.patiently(body, { validateOnly: 'true', onError: 'skip' });
    return accepted === 0 && duplicates > 0;
  }

  private async patiently(body: Buffer, query: Record<string, string | undefined>): Promise<Receipt> {
    const { patienceMs, signal, waiting } = this.options;
    const giveUp = Date.now() + patienceMs;
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
      try {
        return await this.client.post<Receipt>('/v1/events', {
          type: 'application/x-ndjson',
          body,
          query,
          signal,
        });
      } catch (error) {
        if (!(error instanceof CliError) || error.exit !== 'unreachable' || Date.now() >= giveUp) throw error;
        waiting(`${error.message}; trying again`);
        const asked = error instanceof ProblemAnswer ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
        await pause(Math.max(asked, waitMs), undefined, { signal }).catch(() => undefined);
      }
    }
  }
}

const NEW_LINE = Buffer.from('\n');

/** The same refusal, told by the lines of the file instead of those of the request. */
function refusalOf(error: ProblemAnswer, facts: readonly SourceFact[]): CliError {
  const { line, errors = [] } = error.problem;
  if (typeof line !== 'number' || facts[line - 1] === undefined) return error;
  return new FactRefused(error, line - 1, describeErrors(errors, facts));
}

/** One line an error, in the words of the file. */
export function describeErrors(errors: readonly ProblemPlace[], facts: readonly SourceFact[]): string[] {
  return listed(
    errors.map((place) => {
      const fact = place.line === undefined ? undefined : facts[place.line - 1];
      return fact ? describeInFile(fact, place) : place.detail;
    }),
  );
}
