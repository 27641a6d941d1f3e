import { type Day, type Instant, romeDay } from '#calendar';
import { type JsonObject } from '#events';
import { type ModelRow } from '#read-models';
import { type Sight } from './cut-offs.js';
import { readFactCells } from './fact-cells.js';
import { Retractions } from './retractions.js';

/** A fact without a journey, with what its figure counts. */
export interface TableFact<V> {
  readonly group: string;
  readonly source: string;
  readonly id: string;
  readonly position: number;
  readonly time: Instant;
  readonly day: Day;
  readonly recorded: Instant;
  /** It was taken with a recorded time older than the server's clock. */
  readonly rewritesPast: boolean;
  /** The earliest recorded time of its retractions; Infinity when there is none. */
  retractedAt: Instant;
  readonly value: V;
}

export type TableRetraction = Pick<TableFact<unknown>, 'position' | 'time' | 'day' | 'recorded'>;

/** The facts of one small model (meetings, contacts, web traffic) with the values that its figure needs. */
export class FactTable<V> {
  private readonly facts = new Map<number, TableFact<V>>();
  private readonly retractions = new Retractions();
  private readonly rewriting: TableRetraction[] = [];

  /** @param read takes from the payload what the figure counts */
  constructor(private readonly read: (data: JsonObject) => V) {}

  /** Takes rows of the model in, which come in the order of the log. */
  append(rows: readonly ModelRow[]): void {
    for (const row of rows) {
      const { time, recorded, accepted, source, id, retracts, data } = readFactCells(row);
      const rewritesPast = recorded < accepted;
      if (retracts === null) {
        this.facts.set(row.position, {
          group: row.group,
          source,
          id,
          position: row.position,
          time,
          day: romeDay(time),
          recorded,
          rewritesPast,
          retractedAt: Infinity,
          value: this.read(data),
        });
        continue;
      }
      this.retractions.add({ position: row.position, target: retracts, recorded });
      if (rewritesPast) this.rewriting.push({ position: row.position, time, day: romeDay(time), recorded });
      const fact = this.facts.get(retracts);
      if (fact) fact.retractedAt = Math.min(fact.retractedAt, recorded);
    }
  }

  /** The known retractions within `until` that were recorded, as they say, before the system took them. */
  rewritingRetractions({ until, knownAt, upTo = Infinity }: Sight): readonly TableRetraction[] {
    return this.rewriting.filter(
      ({ position, time, recorded }) => position <= upTo && time <= until && recorded <= knownAt,
    );
  }

  /** The visible facts in the order of the log. */
  *visible({ until, knownAt, upTo = Infinity }: Sight): Iterable<TableFact<V>> {
    const takenBack = this.retractions.takenBackAsOf(upTo);
    for (const fact of this.facts.values()) {
      if (fact.position > upTo) return;
      const retractedAt = takenBack.get(fact.position) ?? fact.retractedAt;
      if (fact.recorded <= knownAt && fact.time <= until && retractedAt > knownAt) yield fact;
    }
  }
}
