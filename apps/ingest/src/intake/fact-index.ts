import { type KnownFact } from './stream-state.js';

/** Streams with no more facts than this are looked through one by one. */
const FEW = 12;

type Key = Pick<KnownFact, 'source' | 'id'>;

/** Facts by their idempotency key. Most streams have so few that a table of them takes more room and time than it saves. */
export class FactIndex {
  private readonly facts: KnownFact[] = [];
  private table: Map<string, KnownFact> | undefined;

  get size(): number {
    return this.facts.length;
  }

  find(key: Key): KnownFact | undefined {
    if (this.table) return this.table.get(textOf(key));
    for (const fact of this.facts) if (fact.id === key.id && fact.source === key.source) return fact;
    return undefined;
  }

  /** @param fact of a key that is not there yet */
  add(fact: KnownFact): void {
    this.facts.push(fact);
    if (this.table) this.table.set(textOf(fact), fact);
    else if (this.facts.length > FEW) this.table = new Map(this.facts.map((one) => [textOf(one), one]));
  }
}

/** No source and no id holds a line break. */
const textOf = ({ source, id }: Key) => `${source}\n${id}`;
