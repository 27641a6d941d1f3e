import { type Instant, type Month, monthOfDay } from '#calendar';
import { type Catalogue } from '#catalogue';
import { type Stage } from '#events';
import { entriesOf, type Entry, firstRegistered } from './entries.js';
import { type Group, groupText } from './layout.js';
import { groupOf, inWindow, passesFilters } from './selected.js';
import { type Selection } from './selection.js';
import { type MeasuredFact, visibleFacts } from './visible-facts.js';

/** Why a journey entered or left a cell of the monthly funnel. */
export const CAUSE_CLASSES = ['correction', 'new', 'late', 'retraction', 'moved'] as const;
export type CauseClass = (typeof CAUSE_CLASSES)[number];

/** A journey that is counted in a cell at one of two recorded dates and not at the other. */
export interface CellChange<F extends MeasuredFact = MeasuredFact> {
  readonly month: Month;
  readonly group: Group;
  readonly stage: Stage;
  readonly direction: 'entered' | 'left';
  readonly class: CauseClass;
  /** The fact of the entry first, then the others that changed it, retractions among them. */
  readonly facts: readonly F[];
}

/** A selection at two recorded dates instead of one `knownAt`. */
export interface DiffSelection extends Omit<Selection, 'knownAt'> {
  readonly before: Instant;
  readonly after: Instant;
}

/**
 * Which cells of the monthly funnel one journey enters or leaves between two recorded dates, and why. Its entry's fact
 * became visible: a correction if a fact of the type was taken back in between, else new (it occurred after the first
 * date) or late. It ceased to be: a correction if a fact of the type became visible, else a retraction. Otherwise
 * another fact moved the entry: an earlier one of its stage came or went, or the journey's first registration.
 *
 * @param facts all facts of the journey, its retractions among them
 */
export function cellChanges<F extends MeasuredFact>(
  facts: readonly F[],
  selection: DiffSelection,
  catalogue: Pick<Catalogue, 'cycleOf' | 'venue' | 'sa'>,
): CellChange<F>[] {
  const story = new Story(facts, selection);
  const entered = entriesByCycle(facts, { ...selection, knownAt: selection.after }, catalogue);
  const left = entriesByCycle(facts, { ...selection, knownAt: selection.before }, catalogue);
  return [...new Set([...left.keys(), ...entered.keys()])].flatMap((cycle) => {
    const was = left.get(cycle);
    const is = entered.get(cycle);
    const [from, to] = [cellOf(was, selection), cellOf(is, selection)];
    if (from?.text === to?.text) return [];
    const one = (direction: CellChange['direction'], entry?: Entry<F>, cell?: Cell, other?: Entry<F>) =>
      entry && cell ? [{ ...cell.names, direction, ...story.cause(direction, entry.fact, other?.fact) }] : [];
    return [...one('left', was, from, is), ...one('entered', is, to, was)];
  });
}

interface Cell {
  readonly names: Pick<CellChange, 'month' | 'group' | 'stage'>;
  readonly text: string;
}

function cellOf(entry: Entry | undefined, selection: DiffSelection): Cell | undefined {
  if (!entry || !inWindow(entry.day, selection) || !passesFilters(entry.dimensions, selection.filters)) {
    return undefined;
  }
  const names = {
    month: monthOfDay(entry.day),
    group: groupOf(entry.dimensions, selection.groupBy),
    stage: entry.stage,
  };
  return { names, text: `${names.month}|${names.stage}|${groupText(names.group)}` };
}

function entriesByCycle<F extends MeasuredFact>(
  facts: readonly F[],
  selection: Pick<Selection, 'until' | 'knownAt'>,
  catalogue: Pick<Catalogue, 'cycleOf' | 'venue' | 'sa'>,
): Map<string, Entry<F>> {
  const entries = entriesOf(facts, selection, catalogue);
  return new Map(entries.map((entry) => [`${entry.stage} ${entry.cycle}`, entry]));
}

/** What happened to a journey's facts between the two dates. */
class Story<F extends MeasuredFact> {
  private readonly seenBefore: ReadonlySet<F>;
  private readonly seenAfter: ReadonlySet<F>;

  constructor(
    private readonly facts: readonly F[],
    private readonly selection: DiffSelection,
  ) {
    const { until, before, after } = selection;
    this.seenBefore = new Set(visibleFacts(facts, { until, knownAt: before }));
    this.seenAfter = new Set(visibleFacts(facts, { until, knownAt: after }));
  }

  /** @param other the fact of the entry that the journey has of the same stage and cycle at the other date */
  cause(
    direction: CellChange['direction'],
    fact: F,
    other: F | undefined,
  ): Pick<CellChange<F>, 'class' | 'facts'> {
    // A retraction can be known before what it takes back: of that nothing is known yet.
    const { after } = this.selection;
    const ofType = this.facts.filter(({ name, recorded }) => name === fact.name && recorded <= after);
    if (direction === 'entered' && !this.seenBefore.has(fact)) {
      const takenBack = ofType.filter((one) => this.retractionsOf(one).length > 0);
      if (takenBack.length > 0) return this.told('correction', fact, takenBack);
      return this.told(fact.time > this.selection.before ? 'new' : 'late', fact);
    }
    if (direction === 'left' && !this.seenAfter.has(fact)) {
      const came = ofType.filter((one) => this.seenAfter.has(one) && !this.seenBefore.has(one));
      return this.told(came.length > 0 ? 'correction' : 'retraction', fact, came);
    }
    return this.told('moved', fact, other === fact ? this.homes() : [other!]);
  }

  /** The first registrations at the two dates, where they differ. */
  private homes(): F[] {
    const { before, after } = this.selection;
    const homes = [before, after].map((knownAt) => firstRegistered(this.facts, { knownAt }));
    return homes[0] === homes[1] ? [] : this.facts.filter((fact) => homes.includes(fact as never));
  }

  private told(
    cause: CauseClass,
    fact: F,
    others: readonly F[] = [],
  ): Pick<CellChange<F>, 'class' | 'facts'> {
    const concerned = [fact, ...others];
    const retractions = concerned.flatMap((one) => this.retractionsOf(one));
    return { class: cause, facts: [...new Set([...concerned, ...retractions])] };
  }

  /** The retractions of a fact that was first taken back between the two dates. */
  private retractionsOf({ source, id }: F): F[] {
    const { before, after } = this.selection;
    const all = this.facts.filter(
      (one) => one.name === 'retracted' && one.data.source === source && one.data.id === id,
    );
    if (all.some(({ recorded }) => recorded <= before)) return [];
    return all.filter(({ recorded }) => recorded <= after);
  }
}
