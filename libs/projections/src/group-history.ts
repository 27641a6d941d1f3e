import QuickLRU from 'quick-lru';
import { type ModelRow, type Position } from '#read-models';
import { foldedFactOf } from './fact-rows.js';
import { type FoldedFact } from './folded-fact.js';

/** Groups whose facts are kept in memory between pages: up to twice as many, as the cache drops them by halves. */
const KEPT_GROUPS = 5_000;

export type ReadGroups = (
  groups: readonly string[],
  before: Position,
) => Promise<Map<string, readonly ModelRow[]>>;

/**
 * The earlier facts of groups, from the base read model and, within a page, from the page itself. What is kept in
 * memory is a cache: a new history over the same model gives the same.
 */
export class GroupHistory {
  private readonly kept = new QuickLRU<string, FoldedFact[]>({ maxSize: KEPT_GROUPS });
  private ofPage = new Map<string, FoldedFact[]>();
  private readonly broken = new Map<string, unknown>();

  constructor(private readonly readGroups: ReadGroups) {}

  /** Makes the groups ready for a page that begins at a position. */
  async load(groups: ReadonlySet<string>, before: Position): Promise<void> {
    // Held apart from the cache, which may forget a group in the middle of the page.
    this.ofPage = new Map();
    const missing: string[] = [];
    for (const group of groups) {
      const kept = this.kept.get(group);
      if (kept) this.ofPage.set(group, kept);
      else missing.push(group);
    }
    if (missing.length === 0) return;
    const rows = await this.readGroups(missing, before);
    for (const group of missing) {
      this.keep(group, rows.get(group) ?? []);
    }
  }

  /**
   * The facts of a group that was made ready, up to the one that was added last.
   *
   * @throws FoldError when one of them in the base model cannot be read any more
   */
  earlier(group: string): readonly FoldedFact[] {
    if (this.broken.has(group)) throw this.broken.get(group);
    return this.ofPage.get(group) ?? [];
  }

  /** Adds a fact of the page. Groups that are not in memory are read from the model when they are needed. */
  add(fact: FoldedFact): void {
    const facts = this.ofPage.get(fact.group) ?? this.kept.peek(fact.group);
    facts?.push(fact);
  }

  private keep(group: string, rows: readonly ModelRow[]): void {
    try {
      const facts = rows.map(foldedFactOf);
      this.ofPage.set(group, facts);
      this.kept.set(group, facts);
    } catch (error) {
      // It concerns those who fold over this group, and not the others of the page.
      this.broken.set(group, error);
    }
  }
}
