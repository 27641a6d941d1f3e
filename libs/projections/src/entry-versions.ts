import { type Instant, romeDay } from '#calendar';
import { type Catalogue, type Cycle } from '#catalogue';
import { type FactData, type FactName, type Stage, stageOf, STAGES } from '#events';
import { type Dimensions, type MeasuredFact } from '#measures';
import { entryDimensions, type StatusFact } from './entry-dimensions.js';
import { type EntryStep } from './forms.js';
import { retractionTarget } from './retraction-target.js';
import { canonical, difference } from './step-difference.js';
import { firstOver, joined, type Span, type Timeline } from './timeline.js';

/** An entry as it is counted: a step without its direction and its recorded time. */
type EntryVersion = Omit<EntryStep, 'recorded' | 'delta'>;

/** The facts of one stage, and of `registered`, with the recorded time in which they are visible. */
interface VisibleFacts {
  readonly ofStage: ReadonlyMap<Stage, readonly Span<StatusFact>[]>;
  readonly home: Timeline<FactData['registered']>;
}

/**
 * How the entries of one journey change as the recorded time moves: for each stage and cycle +1 where an entry begins
 * to be so and −1 where it ceases. Adding the steps with `recorded` ≤ knownAt and `time` ≤ until gives the entries at
 * these cut-offs. A function of the set of facts: the order in which they came plays no part.
 *
 * @param facts all facts of one journey, its retractions among them
 */
export function entrySteps(facts: readonly MeasuredFact[], catalogue: Catalogue): EntryStep[] {
  return canonical(stepsOfStages(facts, STAGES, catalogue));
}

/**
 * What one more fact changes: the steps with it minus those without it, as multisets, in a fixed order.
 *
 * @param earlier all facts of the journey before it in the log
 * @throws FoldError when it takes back a fact that is not among the earlier ones
 */
export function entryStepsOf(
  fact: MeasuredFact,
  earlier: readonly MeasuredFact[],
  catalogue: Catalogue,
): EntryStep[] {
  const stage = stageOf(fact.name === 'retracted' ? retractionTarget(fact, earlier).name : fact.name);
  if (stage === undefined) return [];
  // Every entry carries what the first registered fact says; else stages don't touch one another.
  const stages = stage === 'registered' ? STAGES : [stage];
  const before = stepsOfStages(earlier, stages, catalogue);
  const after = stepsOfStages([...earlier, fact], stages, catalogue);
  return before.length === 0 ? canonical(after) : difference(after, before);
}

function stepsOfStages(
  facts: readonly MeasuredFact[],
  stages: readonly Stage[],
  catalogue: Catalogue,
): EntryStep[] {
  // Nothing to look at, which is so for the first fact of most stages.
  if (!facts.some(({ name }) => isOneOf(stages, name))) return [];
  const { ofStage, home } = visibleFacts(facts, stages);
  const steps: EntryStep[] = [];
  for (const [stage, spans] of ofStage) {
    if (stages.includes(stage)) addStepsOfStage(steps, stage, spans, home, catalogue);
  }
  return steps;
}

function isOneOf(stages: readonly Stage[], name: FactName): boolean {
  const stage = stageOf(name);
  return stage !== undefined && stages.includes(stage);
}

function visibleFacts(facts: readonly MeasuredFact[], stages: readonly Stage[]): VisibleFacts {
  const takenBack = takenBackAt(facts);
  const ofStage = new Map<Stage, Span<StatusFact>[]>();
  for (const fact of facts) {
    if (fact.name === 'retracted') continue;
    const stage = stageOf(fact.name);
    if (stage === undefined || (stage !== 'registered' && !stages.includes(stage))) continue;
    const to = takenBack.size === 0 ? Infinity : (takenBack.get(identity(fact)) ?? Infinity);
    if (to <= fact.recorded) continue;
    const spans = ofStage.get(stage) ?? [];
    if (spans.length === 0) ofStage.set(stage, spans);
    spans.push({ value: fact, from: fact.recorded, to });
  }
  const registered = firstOver(ofStage.get('registered') ?? [], byTime);
  const home = registered.map(({ from, value }) => ({
    from,
    value: value?.name === 'registered' ? value.data : undefined,
  }));
  return { ofStage, home };
}

/** By source and id: the earliest recorded time at which the fact was taken back. */
function takenBackAt(facts: readonly MeasuredFact[]): Map<string, Instant> {
  const takenBack = new Map<string, Instant>();
  for (const fact of facts) {
    if (fact.name !== 'retracted') continue;
    const key = identity(fact.data);
    takenBack.set(key, Math.min(takenBack.get(key) ?? Infinity, fact.recorded));
  }
  return takenBack;
}

const identity = ({ source, id }: { readonly source: string; readonly id: string }) => `${source}\n${id}`;

/** Within a stage, so stage order cannot break a tie. */
const byTime = (a: StatusFact, b: StatusFact) =>
  a.time - b.time || a.recorded - b.recorded || a.position - b.position;

function addStepsOfStage(
  steps: EntryStep[],
  stage: Stage,
  spans: readonly Span<StatusFact>[],
  home: VisibleFacts['home'],
  catalogue: Catalogue,
): void {
  let enteredBefore: Timeline<true> = [];
  for (const [cycle, ofCycle] of byCycle(spans, catalogue)) {
    const first = firstOver(ofCycle, byTime);
    const entry = joined(
      first,
      enteredBefore,
      (fact, before) => fact && { fact, returning: before ?? false },
    );
    const versions = joined(entry, home, (one, registered): EntryVersion | undefined => {
      if (!one) return undefined;
      return entryVersion(
        stage,
        cycle,
        one.fact,
        one.returning,
        entryDimensions(one.fact, registered, catalogue),
      );
    });
    addSteps(steps, versions);
    enteredBefore = joined(first, enteredBefore, (fact, before) => (fact || before ? true : undefined));
  }
}

function entryVersion(
  stage: Stage,
  { code: cycle }: Cycle,
  { time }: StatusFact,
  returning: boolean,
  { territory, venue, mode, sa, gender, education, employment }: Dimensions,
): EntryVersion {
  return {
    stage,
    cycle,
    day: romeDay(time),
    time,
    returning: returning ? 1 : 0,
    territory,
    venue,
    mode,
    sa,
    gender,
    education,
    employment,
  };
}

/** The spans of each programme cycle, the earliest cycle first. */
function byCycle(
  spans: readonly Span<StatusFact>[],
  catalogue: Catalogue,
): [Cycle, readonly Span<StatusFact>[]][] {
  const cycles = new Map<Cycle, Span<StatusFact>[]>();
  for (const span of spans) {
    const cycle = catalogue.cycleOf(romeDay(span.value.time));
    // A cycle may be gone from a later catalogue: what it held is then in no funnel.
    if (cycle === undefined) continue;
    const ofCycle = cycles.get(cycle) ?? [];
    if (ofCycle.length === 0) cycles.set(cycle, ofCycle);
    ofCycle.push(span);
  }
  return [...cycles].sort(([a], [b]) => a.from - b.from);
}

function addSteps(steps: EntryStep[], versions: Timeline<EntryVersion>): void {
  let current: EntryVersion | undefined;
  for (const { from: recorded, value } of versions) {
    if (current && value && sameVersion(current, value)) continue;
    if (current) steps.push(stepOf(current, recorded, -1));
    if (value) steps.push(stepOf(value, recorded, 1));
    current = value;
  }
}

/** Written out: a copy by spread takes several times as long, and every fact comes through here. */
function stepOf(version: EntryVersion, recorded: Instant, delta: 1 | -1): EntryStep {
  return {
    stage: version.stage,
    cycle: version.cycle,
    day: version.day,
    time: version.time,
    recorded,
    delta,
    returning: version.returning,
    territory: version.territory,
    venue: version.venue,
    mode: version.mode,
    sa: version.sa,
    gender: version.gender,
    education: version.education,
    employment: version.employment,
  };
}

/** Of entries of one stage and cycle. */
function sameVersion(a: EntryVersion, b: EntryVersion): boolean {
  return (
    a.time === b.time &&
    a.returning === b.returning &&
    a.territory === b.territory &&
    a.venue === b.venue &&
    a.sa === b.sa &&
    a.gender === b.gender &&
    a.education === b.education &&
    a.employment === b.employment
  );
}
