import { type IncomingMessage } from 'node:http';
import { CliError } from '../cli.error.js';
import { exchange, textOf } from './http-exchange.js';
import { ProblemAnswer, problemFrom } from './problem.js';

/** The parameters of a request; what is undefined is left out. */
export type Query = Readonly<Record<string, string | undefined>>;

export interface Sending {
  readonly type: string;
  readonly body: Buffer;
  readonly query?: Query;
  readonly signal?: AbortSignal;
}

/** Asks a server of Percorso. Every call rejects with a CliError that can be shown. */
export class Client {
  constructor(
    readonly url: string,
    private readonly key?: string,
  ) {}

  /** The answer to a question, as JSON. */
  async get<T>(path: string, query: Query = {}): Promise<T> {
    return this.jsonOf<T>(await this.open(path, query, 'application/json'));
  }

  /** The answer as it comes, in the given format. */
  async open(path: string, query: Query, accept: string): Promise<IncomingMessage> {
    return this.checked(await this.send('GET', path, query, { accept }));
  }

  async post<T>(path: string, { type, body, query = {}, signal }: Sending): Promise<T> {
    const headers = { 'content-type': type, accept: 'application/json' };
    return this.jsonOf<T>(await this.checked(await this.send('POST', path, query, headers, body, signal)));
  }

  /** The status of the server, also where it says that something is not well. */
  async status<T>(): Promise<T> {
    const answer = await this.send('GET', '/status', {}, {});
    if (answer.statusCode === 200 || answer.statusCode === 503) return this.jsonOf<T>(answer);
    return this.jsonOf<T>(await this.checked(answer));
  }

  /** Whether the read models hold all that was in the log when the server started. */
  async isReady(): Promise<boolean> {
    const answer = await this.send('GET', '/health/ready', {}, {});
    answer.resume();
    return answer.statusCode === 200;
  }

  private async send(
    method: 'GET' | 'POST',
    path: string,
    query: Query,
    headers: Record<string, string>,
    body?: Buffer,
    signal?: AbortSignal,
  ): Promise<IncomingMessage> {
    const url = new URL(this.url + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    const authorization: Record<string, string> =
      this.key === undefined ? {} : { authorization: `Bearer ${this.key}` };
    try {
      return await exchange({ url, method, headers: { ...headers, ...authorization }, body, signal });
    } catch (error) {
      throw this.unreachable(error);
    }
  }

  private async checked(answer: IncomingMessage): Promise<IncomingMessage> {
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return answer;
    const retryAfter = Number(answer.headers['retry-after']);
    throw new ProblemAnswer(
      problemFrom(status, await this.read(answer)),
      Number.isFinite(retryAfter) ? retryAfter : undefined,
    );
  }

  private async jsonOf<T>(answer: IncomingMessage): Promise<T> {
    const text = await this.read(answer);
    try {
      return JSON.parse(text) as T;
    } catch {
      throw new ProblemAnswer(problemFrom(answer.statusCode ?? 0, ''));
    }
  }

  /** The body of an answer, as it comes. */
  async *partsOf(answer: IncomingMessage): AsyncGenerator<Buffer> {
    const parts = (answer as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    for (;;) {
      const next = await parts.next().catch((error: unknown) => {
        throw this.unreachable(error);
      });
      if (next.done) return;
      yield next.value;
    }
  }

  private async read(answer: IncomingMessage): Promise<string> {
    try {
      return await textOf(answer);
    } catch (error) {
      throw this.unreachable(error);
    }
  }

  /** What a failed connection is told as. */
  private unreachable(error: unknown): CliError {
    if (error instanceof Error && error.name === 'AbortError')
      return new CliError('interrupted', 'broken off');
    const { code } = error as NodeJS.ErrnoException;
    const why = REASONS[code ?? ''] ?? (error instanceof Error ? error.message : String(error));
    return new CliError('unreachable', `${this.url} cannot be reached: ${why}`, [
      'Is the server running? --url URL (or PERCORSO_URL) asks another one, --data DIR opens files without a server.',
    ]);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up',
  ECONNRESET: 'the connection was cut off',
  EPIPE: 'the connection was cut off',
  ETIMEDOUT: 'no answer',
};
