import { type LogPage } from '#event-log';
import { groupOf, type KnownFact, readFact, type StoredFact } from '#events';
import { type Lease, type Position } from '#read-models';
import { FoldError, reasonOf } from './fold.error.js';
import { type FoldedFact, foldedFact } from './folded-fact.js';
import { type ProjectionName } from './forms.js';
import { GroupHistory } from './group-history.js';
import { type Lane } from './lane.js';

type PageFact =
  | { readonly stored: StoredFact; readonly known: KnownFact }
  | { readonly stored: StoredFact; readonly unreadable: string };

/** Lanes that go along the log together. */
export class PageFold {
  private readonly histories = new Map<ProjectionName, GroupHistory>();

  /**
   * @param lanes each base before those that fold over it
   * @param elsewhere lanes of other page folds, for bases that are not among `lanes`; they have to be ahead
   */
  constructor(
    readonly lanes: readonly Lane[],
    private readonly elsewhere: () => readonly Lane[] = () => [],
  ) {
    for (const { projection } of lanes) {
      const history = new GroupHistory((groups, before) =>
        this.base(projection.history).model.groups(groups, before),
      );
      if (!this.histories.has(projection.history)) this.histories.set(projection.history, history);
    }
  }

  /** Where the lane that is furthest behind stands, or undefined without lanes. */
  get position(): Position | undefined {
    return this.lanes.length === 0 ? undefined : Math.min(...this.lanes.map(({ checkpoint }) => checkpoint));
  }

  /**
   * Takes a page in and moves the checkpoints to its end; those of lanes that stop, to before the fact in question.
   *
   * @returns the lanes that stopped in this page
   * @throws OvertakenError, ReadModelError: nothing of the page counts then; begin again with a new page fold
   */
  async fold(page: LogPage, lease: Lease): Promise<readonly Lane[]> {
    const running = this.lanes.filter((lane) => !lane.isStopped);
    if (running.length === 0) return [];
    const facts = page.facts.map(readPageFact);
    await this.loadHistories(facts);
    for (const fact of facts) this.take(fact);
    // Each is another table: a server writes them at the same time.
    const written = await Promise.allSettled(running.map((lane) => lane.write()));
    for (const one of written) if (one.status === 'rejected') throw one.reason;
    for (const lane of running) await lane.advance(page.position, lease);
    return running.filter((lane) => lane.isStopped);
  }

  private base(name: ProjectionName): Lane {
    const isBase = ({ projection }: Lane) => projection.name === name;
    const lane = this.lanes.find(isBase) ?? this.elsewhere().find(isBase);
    if (!lane) throw new FoldError(`there is no read model of ${name} to fold over`);
    return lane;
  }

  private async loadHistories(facts: readonly PageFact[]): Promise<void> {
    const first = facts[0]?.stored.position;
    if (first === undefined) return;
    const needed = new Map<ProjectionName, Set<string>>();
    for (const lane of this.lanes) {
      const { history, recalls, key } = lane.projection;
      const groups = needed.get(history) ?? new Set<string>();
      needed.set(history, groups);
      for (const fact of facts) {
        if (!('known' in fact) || !lane.wants(fact.stored.position) || !recalls.has(fact.known.name))
          continue;
        const group = key(fact.stored);
        if (group !== undefined) groups.add(group);
      }
    }
    for (const [name, groups] of needed) await this.histories.get(name)?.load(groups, first);
  }

  private take(fact: PageFact): void {
    if ('known' in fact) this.takeKnown(fact.stored, fact.known);
    else this.stopConcerned(fact.stored, fact.unreadable);
    for (const lane of this.lanes) lane.pass(fact.stored.position);
  }

  private stopConcerned({ stream, position }: StoredFact, detail: string): void {
    for (const lane of this.lanes) {
      const isOurs = lane.projection.categories.some((category) => stream.startsWith(category));
      if (isOurs && lane.wants(position)) lane.stop(position, detail);
    }
  }

  private takeKnown(stored: StoredFact, known: KnownFact): void {
    const ofHistory = new Map<GroupHistory, FoldedFact>();
    for (const lane of this.lanes) {
      const history = this.histories.get(lane.projection.history)!;
      let fact = ofHistory.get(history);
      if (!fact) {
        const group = lane.projection.key(stored);
        if (group === undefined) continue;
        ofHistory.set(history, (fact = foldedFact(known, stored.data, group)));
      }
      if (lane.wants(stored.position)) this.takeInto(lane, fact, history);
    }
    // Only now, since a fact is not among its own earlier facts.
    for (const [history, fact] of ofHistory) history.add(fact);
  }

  private takeInto(lane: Lane, fact: FoldedFact, history: GroupHistory): void {
    try {
      const base = this.base(lane.projection.history);
      if (base !== lane && base.isStopped) throw new FoldError(`${base.projection.name} stands still`);
      lane.take(fact, lane.projection.recalls.has(fact.name) ? history.earlier(fact.group) : []);
    } catch (error) {
      lane.stop(fact.position, reasonOf(error, fact));
    }
  }
}

function readPageFact(stored: StoredFact): PageFact {
  const read = readFact(stored);
  if (!read.ok) return { stored, unreadable: read.detail };
  try {
    groupOf(stored);
  } catch (error) {
    return { stored, unreadable: reasonOf(error, stored) };
  }
  return { stored, known: read.fact };
}
