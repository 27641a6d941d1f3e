import { Counter, Gauge } from 'prom-client';
import { type EventLog } from '#event-log';
import { writerStats } from '#event-log/open';
import { type Metrics } from '#http';

/** Counts what became of the events that were sent. */
export class IngestMetrics {
  private readonly events: Counter<'outcome'>;

  constructor({ registry }: Metrics, log: EventLog) {
    const registers = [registry];
    this.events = new Counter({
      name: 'ingest_events_total',
      help: 'Events sent, by what became of them',
      labelNames: ['outcome'] as const,
      registers,
    });
    if (!writerStats(log)) return;
    const gauge = (name: string, help: string, read: (stats: Stats) => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          const stats = writerStats(log);
          if (stats) this.set(read(stats));
        },
      });
    gauge('event_log_commits', 'Group commits since the start', ({ commits }) => commits);
    gauge('event_log_appends', 'Appends since the start', ({ appends }) => appends);
    gauge('event_log_facts', 'Facts written since the start', ({ facts }) => facts);
    gauge('event_log_commit_seconds', 'Time spent in commits', (stats) => stats.commitMilliseconds / 1000);
    gauge('event_log_waiting_facts', 'Facts that wait for a commit', ({ waitingFacts }) => waitingFacts);
  }

  count(accepted: number, duplicates: number, rejected: number): void {
    if (accepted > 0) this.events.inc({ outcome: 'accepted' }, accepted);
    if (duplicates > 0) this.events.inc({ outcome: 'duplicate' }, duplicates);
    if (rejected > 0) this.events.inc({ outcome: 'rejected' }, rejected);
  }
}

type Stats = NonNullable<ReturnType<typeof writerStats>>;
