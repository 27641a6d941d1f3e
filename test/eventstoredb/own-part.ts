import { randomUUID } from 'node:crypto';
import { type EventLog, type LogPage, type LogPosition, LOG_START } from '#event-log';
import { type StoredFact } from '#events';

/**
 * A part of a log as if it were one of its own: what comes after it was made, in streams of names that nobody else has.
 * So suites can run on a node that cannot be emptied, as long as nobody else writes facts to it meanwhile.
 */
export class OwnPart {
  private constructor(
    private readonly prefix: string,
    private readonly start: LogPosition,
  ) {}

  static async of(log: EventLog): Promise<OwnPart> {
    return new OwnPart(`test-${randomUUID()}-`, await log.head());
  }

  view(log: EventLog): EventLog {
    const from = (after: LogPosition) => Math.max(after, this.start);
    return {
      maxFactBytes: log.maxFactBytes,
      append: (request) => log.append({ ...request, stream: this.prefix + request.stream }),
      readStream: async (stream) => this.facts(await log.readStream(this.prefix + stream)),
      readAll: (options) => this.pages(log.readAll({ ...options, after: from(options.after) })),
      follow: (options) => this.pages(log.follow({ ...options, after: from(options.after) })),
      head: async () => {
        const head = await log.head();
        return head > this.start ? head : LOG_START;
      },
      close: () => log.close(),
    };
  }

  private async *pages(pages: AsyncIterable<LogPage>): AsyncGenerator<LogPage> {
    for await (const page of pages) yield { ...page, facts: this.facts(page.facts) };
  }

  private facts(facts: readonly StoredFact[]): StoredFact[] {
    return facts
      .filter(({ stream }) => stream.startsWith(this.prefix))
      .map((fact) => ({ ...fact, stream: fact.stream.slice(this.prefix.length) }));
  }
}
