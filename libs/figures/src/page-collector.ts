import { type Day } from '#calendar';

/** Where an item stands in a paged list. */
export interface PagePlace {
  readonly day: Day;
  readonly id: string;
}

/** Puts items by day, then by id. */
export function comparePlaces(a: PagePlace, b: PagePlace): number {
  return a.day - b.day || Number(a.id > b.id) - Number(a.id < b.id);
}

/** Of many items that come in any order keeps those of one page, and counts them all. */
export class PageCollector<T extends PagePlace> {
  /** How many items all pages hold together. */
  count = 0;
  private kept: T[] = [];
  private last: T | undefined;

  /** @param after place of the last item of the page before; undefined: the first page */
  constructor(
    private readonly limit: number,
    private readonly after: PagePlace | undefined,
  ) {}

  offer(item: T): void {
    this.count++;
    if (this.after && comparePlaces(item, this.after) <= 0) return;
    if (this.last && comparePlaces(item, this.last) > 0) return;
    // Cut only now and then: sorting for every item would cost more than it saves.
    if (this.kept.push(item) >= 2 * this.limit + 1000) this.cut();
  }

  /** The items of the page in order. */
  page(): readonly T[] {
    this.cut();
    return this.kept;
  }

  private cut(): void {
    this.kept.sort(comparePlaces);
    if (this.kept.length < this.limit) return;
    this.kept = this.kept.slice(0, this.limit);
    this.last = this.kept.at(-1);
  }
}
