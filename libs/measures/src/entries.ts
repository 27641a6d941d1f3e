import { type Day, type Instant, romeDay } from '#calendar';
import { type Catalogue } from '#catalogue';
import { type Stage, stageOf } from '#events';
import { NONE, UNKNOWN } from './group-order.js';
import { type CutOffs, type Dimensions } from './selection.js';
import { type MeasuredFact, visibleFacts } from './visible-facts.js';

/** How a journey came into a stage in a programme cycle: by the earliest visible fact that put it there. */
export interface Entry<F extends MeasuredFact = MeasuredFact> {
  readonly stage: Stage;
  /** Code of the programme cycle that holds the day. */
  readonly cycle: string;
  readonly day: Day;
  readonly time: Instant;
  /** The journey came into this stage in a cycle before this one, too. */
  readonly returning: boolean;
  readonly dimensions: Dimensions;
  readonly fact: F;
}

/** What a journey's first `registered` fact says about the person. */
export type PersonDimensions = Pick<Dimensions, 'territory' | 'gender' | 'education' | 'employment'>;

/**
 * All entries of one journey at the cut-offs, in the order of their facts.
 *
 * @param facts all facts of one journey, its retractions among them, in any order
 */
export function entriesOf<F extends MeasuredFact>(
  facts: readonly F[],
  cut: CutOffs,
  catalogue: Pick<Catalogue, 'cycleOf' | 'venue' | 'sa'>,
): Entry<F>[] {
  const person = personDimensions(facts, cut);
  const cyclesEntered = new Map<Stage, Set<string>>();
  const entries: Entry<F>[] = [];
  for (const fact of visibleFacts(facts, cut)) {
    const stage = stageOf(fact.name);
    const day = romeDay(fact.time);
    const cycle = catalogue.cycleOf(day)?.code;
    // A cycle may be gone from a later catalogue: what it held is then in no funnel.
    if (stage === undefined || cycle === undefined) continue;
    const entered = cyclesEntered.get(stage) ?? new Set();
    cyclesEntered.set(stage, entered);
    if (entered.has(cycle)) continue;
    const returning = entered.size > 0;
    entered.add(cycle);
    const dimensions = dimensionsOf(fact, person, catalogue);
    entries.push({ stage, cycle, day, time: fact.time, returning, dimensions, fact });
  }
  return entries;
}

/**
 * What the first registration known at `knownAt` says of the person: territory and profile. It need not lie before
 * `until`: who a person is does not depend on how far one looks.
 */
export function personDimensions(facts: readonly MeasuredFact[], { knownAt }: CutOffs): PersonDimensions {
  const registered = firstRegistered(facts, { knownAt });
  const { gender, education, employment } = registered?.data.profile ?? {};
  return {
    territory: registered?.data.territory ?? UNKNOWN,
    gender: gender ?? UNKNOWN,
    education: education ?? UNKNOWN,
    employment: employment ?? UNKNOWN,
  };
}

/** The first visible `registered` fact of one journey. */
export function firstRegistered(
  facts: readonly MeasuredFact[],
  cut: CutOffs,
): MeasuredFact<'registered'> | undefined {
  return visibleFacts(facts, cut).find((fact) => fact.name === 'registered');
}

/** The dimensions of a fact of one of the stages. */
export function dimensionsOf(
  fact: MeasuredFact,
  person: PersonDimensions,
  catalogue: Pick<Catalogue, 'venue' | 'sa'>,
): Dimensions {
  const inherited = { ...person, venue: NONE, mode: NONE, sa: NONE };
  switch (fact.name) {
    case 'registered':
      return { ...inherited, territory: fact.data.territory };
    case 'booked':
    case 'attended':
    case 'absent': {
      const venue = catalogue.venue(fact.data.venue);
      return {
        ...inherited,
        territory: venue?.territory ?? UNKNOWN,
        venue: fact.data.venue,
        mode: venue?.mode ?? UNKNOWN,
      };
    }
    case 'sa-chosen':
    case 'reception-held':
    case 'pds-signed':
      return {
        ...inherited,
        territory: catalogue.sa(fact.data.sa)?.territory ?? UNKNOWN,
        sa: fact.data.sa,
      };
    case 'not-admissible':
    case 'abandoned':
      return { ...inherited, sa: fact.data.sa ?? NONE };
    default:
      return inherited;
  }
}
