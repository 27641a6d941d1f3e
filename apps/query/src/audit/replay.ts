import { type Catalogue } from '#catalogue';
import { readFact } from '#events';
import { type EventLog, LOG_START, type LogPosition } from '#event-log';
import {
  entriesOf,
  type FunnelAnswer,
  FunnelCounter,
  type FunnelKind,
  funnelRows,
  type Selection,
} from '#measures';
import { groupedBy } from '#measures/grouped-by';
import { concernsFunnel, type JourneyFact, readLine, writeLine } from './journey-facts.js';
import { Partitions } from './partitions.js';
import { ReplayError } from './replay.error.js';

export interface ReplayOptions {
  readonly log: EventLog;
  readonly selection: Selection;
  readonly kind: FunnelKind;
  readonly catalogue: Catalogue;
  /** The log is taken as it stood here. */
  readonly upTo: LogPosition;
  /** An empty folder for temporary files; the caller removes it. */
  readonly folder: string;
  /** How many facts are held in memory together; as many as `Partitions` holds by itself when absent. */
  readonly factsAtOnce?: number;
  readonly signal?: AbortSignal;
}

const FORM = { keyOf: ({ subject }: JourneyFact) => subject, write: writeLine, read: readLine };

export interface ReplayAnswer extends FunnelAnswer {
  readonly position: LogPosition;
}

/**
 * The monthly or cumulative funnel from the log alone: one pass over it brings the facts of a journey together, then every
 * journey is evaluated by the plain definitions. Which facts are visible, what enters a stage with which dimensions and
 * how often is found here by other code than for the served figures. Common to both are how a stored fact is read
 * (`readFact`), what belongs together and which stage or cycle that is (`#events`, the catalogue), and `funnelRows`,
 * which adds counts up to totals and running totals and decides which rows there are: a mistake in one of these would
 * be in both answers.
 *
 * Rejects with a ReplayError (`unreadable-fact`), a MeasureError (`too-many-rows`), an EventLogError, or the reason
 * of the signal.
 */
export async function replayFunnel(options: ReplayOptions): Promise<ReplayAnswer> {
  const { selection, kind, catalogue, upTo, folder, factsAtOnce, signal } = options;
  const partitions = new Partitions<JourneyFact>(folder, FORM, factsAtOnce);
  for await (const fact of funnelFacts(options)) await partitions.add(fact);

  const counter = new FunnelCounter(selection);
  for await (const facts of partitions.portions()) {
    signal?.throwIfAborted();
    for (const journey of byJourney(facts)) counter.add(entriesOf(journey, selection, catalogue));
  }
  return { ...funnelRows(selection, catalogue, counter, kind), position: upTo };
}

async function* funnelFacts({ log, selection, upTo, signal }: ReplayOptions): AsyncGenerator<JourneyFact> {
  for await (const page of log.readAll({ after: LOG_START, upTo, signal })) {
    for (const stored of page.facts) {
      const read = readFact(stored);
      if (!read.ok) throw new ReplayError('unreadable-fact', read.detail);
      if (concernsFunnel(stored, read.fact, selection)) yield read.fact;
    }
  }
  // A log that is told to stop ends its pages without a word.
  signal?.throwIfAborted();
}

function byJourney(facts: readonly JourneyFact[]): Iterable<JourneyFact[]> {
  return groupedBy(facts, ({ subject }) => subject).values();
}
