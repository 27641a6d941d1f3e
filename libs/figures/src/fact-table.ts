import { type Day, type Instant, romeDay } from '#calendar';
import { type JsonObject } from '#events';
import { type ModelRow } from '#read-models';
import { type Bounds } from './cut-offs.js';
import { readFactCells } from './fact-cells.js';

/** A fact without a journey, with what its figure counts. */
export interface TableFact<V> {
  readonly group: string;
  readonly source: string;
  readonly position: number;
  readonly time: Instant;
  readonly day: Day;
  readonly recorded: Instant;
  /** The earliest recorded time of its retractions; Infinity when there is none. */
  retractedAt: Instant;
  readonly value: V;
}

/** The facts of one small model (meetings, contacts, web traffic) with the values that its figure needs. */
export class FactTable<V> {
  private readonly facts = new Map<number, TableFact<V>>();

  /** @param read takes from the payload what the figure counts */
  constructor(private readonly read: (data: JsonObject) => V) {}

  /** Takes rows of the model in, which come in the order of the log. */
  append(rows: readonly ModelRow[]): void {
    for (const row of rows) {
      const { time, recorded, source, retracts, data } = readFactCells(row);
      if (retracts === null) {
        this.facts.set(row.position, {
          group: row.group,
          source,
          position: row.position,
          time,
          day: romeDay(time),
          recorded,
          retractedAt: Infinity,
          value: this.read(data),
        });
        continue;
      }
      const fact = this.facts.get(retracts);
      if (fact) fact.retractedAt = Math.min(fact.retractedAt, recorded);
    }
  }

  /** The visible facts in the order of the log. */
  *visible({ until, knownAt }: Pick<Bounds, 'until' | 'knownAt'>): Iterable<TableFact<V>> {
    for (const fact of this.facts.values()) {
      if (fact.recorded <= knownAt && fact.time <= until && fact.retractedAt > knownAt) yield fact;
    }
  }
}
