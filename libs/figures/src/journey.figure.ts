import { type Day, isoDay, isoInstant } from '#calendar';
import { toCloudEvent } from '#events';
import {
  type CutOffs,
  entriesOf,
  GROUP_KEYS,
  groupOf,
  namedGroup,
  observationEnd,
  statusOf,
  visibleFacts,
} from '#measures';
import { type JourneyColumns } from './journey-columns.js';
import { readFactInFull } from './fact-cells.js';
import { type FigureBody } from './figure-body.js';
import { type LoadedModel } from './followed-model.js';
import { outcomesOf, takenBack } from './journey-story.js';

/** What is visible of one person: status, entries and what became of them, facts, retractions; no item when nothing is. */
export async function journeyFigure(
  { model, position, catalogue }: Pick<LoadedModel<JourneyColumns>, 'model' | 'position' | 'catalogue'>,
  id: string,
  cut: CutOffs,
  today: Day,
): Promise<FigureBody> {
  const groups = await model.groups([id], position + 1);
  const facts = (groups.get(id) ?? []).map(readFactInFull);
  const visible = visibleFacts(facts, cut);
  if (visible.length === 0) return { items: [], totals: {} };
  const seen = { visible, observationEnd: observationEnd(cut, today) };
  const retractions = facts.filter(
    ({ name, recorded }) => name === 'retracted' && recorded <= (cut.knownAt ?? Infinity),
  );
  const entries = entriesOf(facts, cut, catalogue).map((entry) => ({
    stage: entry.stage,
    cycle: entry.cycle,
    day: isoDay(entry.day),
    time: isoInstant(entry.time),
    returning: entry.returning,
    ...namedGroup(GROUP_KEYS, groupOf(entry.dimensions, GROUP_KEYS)),
    outcomes: outcomesOf(entry, seen, catalogue),
  }));
  const item = {
    id,
    status: statusOf(visible) ?? null,
    entries,
    facts: visible.map((fact) => toCloudEvent(fact.sent)),
    retractions: retractions.map((fact) => toCloudEvent(fact.sent)),
    takenBack: takenBack(facts, cut),
  };
  return { items: [item], totals: {} };
}
