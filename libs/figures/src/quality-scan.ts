import { type Day } from '#calendar';
import { type Catalogue } from '#catalogue';
import { STAGE_ORDER } from '#events';
import { type QualityFact, type QualityJourney } from '#measures';
import { type Sight } from './cut-offs.js';
import { readFactRow } from '#projections';
import { type LoadedModel } from './followed-model.js';
import { type JourneyColumns, type JourneyRetraction } from './journey-columns.js';
import { type JourneyFacts } from './journey-facts.js';

/** A fact in the columns as the checks see it. */
export interface RowFinding extends QualityFact {
  readonly position: number;
}

/** Journeys that are read at once. */
const BATCH = 200;

/**
 * Shows every journey of which something is visible as the checks see it.
 *
 * @param end the last day of which anything can be known
 * @param doubles positions of the facts whose source and id another journey has too
 */
export function forEachJourney(
  { columns, catalogue }: { readonly columns: JourneyColumns; readonly catalogue: Catalogue },
  sight: Sight,
  { end, doubles }: { readonly end: Day; readonly doubles: ReadonlySet<number> },
  visit: (journey: number, seen: QualityJourney<RowFinding>) => void,
): void {
  const { facts } = columns;
  const retractions = visibleRetractions(columns, sight);
  columns.forEach(sight, (journey, rows, count, registered) => {
    const own = retractions.get(journey) ?? [];
    if (count === 0 && own.length === 0) return;
    visit(journey, {
      facts: Array.from(rows.subarray(0, count), (row) => findingOf(facts, row, doubles)),
      retractions: own,
      home: registered < 0 ? undefined : facts.places.value(facts.place[registered]!),
      end,
      catalogue,
    });
  });
}

function findingOf(facts: JourneyFacts, row: number, doubles: ReadonlySet<number>): RowFinding {
  const position = facts.position[row]!;
  const scheduled = facts.scheduled[row]!;
  return {
    name: STAGE_ORDER[facts.name[row]!]!,
    time: facts.time[row]!,
    day: facts.day[row]!,
    recorded: facts.recorded[row]!,
    rewritesPast: facts.rewritesPast[row] === 1,
    place: facts.places.value(facts.place[row]!),
    meetingId: facts.meeting[row] === 0 ? undefined : facts.meetings.value(facts.meeting[row]!),
    scheduledDay: scheduled === 0 ? undefined : scheduled,
    isDouble: doubles.has(position),
    position,
  };
}

/** Of the retractions only those that rewrite the past: no check asks for others. */
function visibleRetractions(
  { rewritingRetractions }: JourneyColumns,
  { until, knownAt, upTo = Infinity }: Sight,
): Map<number, RowFinding[]> {
  const byJourney = new Map<number, RowFinding[]>();
  for (const one of rewritingRetractions) {
    if (one.recorded > knownAt || one.time > until || one.position > upTo) continue;
    const own = byJourney.get(one.journey);
    if (own) own.push(retractionFinding(one));
    else byJourney.set(one.journey, [retractionFinding(one)]);
  }
  return byJourney;
}

function retractionFinding({ position, time, day, recorded }: JourneyRetraction): RowFinding {
  const nothing = { place: 'none', meetingId: undefined, scheduledDay: undefined, isDouble: false };
  return { ...nothing, name: 'retracted', time, day, recorded, rewritesPast: true, position };
}

/**
 * The positions of the visible facts whose source and id a visible fact of another journey has too. Looked for by their
 * hashes; what seems to be the same is compared in the read model.
 */
export async function doublesIn(
  { columns, model, position: head }: Pick<LoadedModel<JourneyColumns>, 'columns' | 'model' | 'position'>,
  sight: Sight,
): Promise<ReadonlySet<number>> {
  const repeated = columns.repeatedIdentities();
  const suspects = new Set<number>();
  const journeys = new Set<string>();
  if (repeated.size === 0) return suspects;
  const { identity, position, journeys: ids } = columns.facts;
  columns.forEach(sight, (journey, rows, count) => {
    for (const row of rows.subarray(0, count)) {
      if (!repeated.has(identity[row]!)) continue;
      suspects.add(position[row]!);
      journeys.add(ids.value(journey));
    }
  });
  const byIdentity = new Map<string, { position: number; group: string }[]>();
  const all = [...journeys];
  for (let start = 0; start < all.length; start += BATCH) {
    const groups = await model.groups(all.slice(start, start + BATCH), head + 1);
    for (const row of [...groups.values()].flat()) {
      if (!suspects.has(row.position)) continue;
      const { source, id } = readFactRow(row);
      const key = `${source}\n${id}`;
      byIdentity.set(key, [...(byIdentity.get(key) ?? []), row]);
    }
  }
  const shared = [...byIdentity.values()].filter((rows) => new Set(rows.map(({ group }) => group)).size > 1);
  return new Set(shared.flat().map((row) => row.position));
}
