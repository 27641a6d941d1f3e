import { type Day, isoDay, isoInstant, isoMonth, type Month, monthOfDay } from '#calendar';
import {
  describeQuality,
  inWindow,
  observationEnd,
  QUALITY_KINDS,
  type QualityFact,
  qualityFindings,
  type QualityKind,
  type Selection,
} from '#measures';
import { readFactRow } from '#projections';
import { boundsOf, type Sight } from './cut-offs.js';
import { type FigureBody } from './figure-body.js';
import { type LoadedModel } from './followed-model.js';
import { type JourneyColumns } from './journey-columns.js';
import { type JourneyPage } from './journeys.figure.js';
import { otherFacts, type OtherFacts } from './other-findings.js';
import { PageCollector, type PagePlace } from './page-collector.js';
import { doublesIn, forEachJourney, type RowFinding } from './quality-scan.js';

/** The journeys, and beside them the facts of none; nothing after `position` counts. */
type Source = LoadedModel<JourneyColumns> & { readonly others: OtherFacts };

/** The findings about the quality of the data, counted by month and kind. */
export async function qualityFigure(source: Source, selection: Selection, today: Day): Promise<FigureBody> {
  const byMonth = new Map<Month, Map<QualityKind, KindCounts>>();
  const totals = new Map(QUALITY_KINDS.map((kind) => [kind, 0]));
  const sight = { ...boundsOf(selection), upTo: source.position };
  const add = (kind: QualityKind, { day }: QualityFact, isOfJourney: boolean) => {
    const month = monthOfDay(day);
    let kinds = byMonth.get(month);
    if (!kinds) byMonth.set(month, (kinds = new Map<QualityKind, KindCounts>()));
    let counts = kinds.get(kind);
    if (!counts) kinds.set(kind, (counts = { count: 0, withoutJourney: 0 }));
    counts.count++;
    if (!isOfJourney) counts.withoutJourney++;
    totals.set(kind, totals.get(kind)! + 1);
  };
  const asked = { sight, kinds: QUALITY_KINDS, today };
  await scan(source, selection, asked, (kind, _journey, fact) => add(kind, fact, true));
  scanOthers(source, selection, asked, (kind, fact) => add(kind, fact, false));
  const items = [...byMonth]
    .sort(([a], [b]) => a - b)
    .flatMap(([month, counts]) =>
      QUALITY_KINDS.filter((kind) => counts.has(kind)).map((kind) => ({
        kind,
        month: isoMonth(month),
        ...counts.get(kind)!,
        description: describeQuality(kind),
      })),
    );
  const count = [...totals.values()].reduce((sum, one) => sum + one, 0);
  const kinds = QUALITY_KINDS.map((kind) => ({ kind, description: describeQuality(kind) }));
  return { items, totals: { count, kinds: Object.fromEntries(totals) }, findings: { kinds } };
}

/** How many findings, and how many of them are facts of no journey. */
interface KindCounts {
  count: number;
  withoutJourney: number;
}

interface JourneyDay extends PagePlace {
  readonly positions: number[];
}

/**
 * A page of the journeys behind the findings of a kind: one item a journey and day, with the facts that the findings of
 * that day are about. `totals` has how many items and how many findings there are on all pages, and how many more the
 * figure counts that are behind no journey.
 */
export async function findingsOfKind(
  source: Source,
  selection: Selection,
  kind: QualityKind,
  { limit, after, asOf = source.position }: JourneyPage,
  today: Day,
): Promise<FigureBody> {
  const page = new PageCollector<JourneyDay>(limit, after);
  const { journeys } = source.columns.facts;
  let findings = 0;
  let last: { journey: number; days: Map<Day, JourneyDay> } | undefined;
  const offerLast = () => [...(last?.days.values() ?? [])].forEach((one) => page.offer(one));
  const sight = { ...boundsOf(selection), upTo: asOf };
  await scan(source, selection, { sight, kinds: [kind], today }, (_kind, journey, { day, position }) => {
    findings++;
    if (last?.journey !== journey) {
      offerLast();
      last = { journey, days: new Map() };
    }
    const own = last.days.get(day);
    if (own) own.positions.push(position);
    else last.days.set(day, { day, id: journeys.value(journey), positions: [position] });
  });
  offerLast();
  let withoutJourney = 0;
  scanOthers(source, selection, { sight, kinds: [kind], today }, () => withoutJourney++);
  const shown = page.page();
  const facts = await factsAt(source, shown);
  const items = shown.map(({ id, day, positions }) => ({
    id,
    kind,
    day: isoDay(day),
    facts: positions.map((position) => facts.get(position)!),
  }));
  return { items, totals: { count: page.count, findings, withoutJourney } };
}

type Visitor = (kind: QualityKind, journey: number, fact: RowFinding) => void;

async function scan(
  source: Source,
  selection: Selection,
  { sight, kinds, today }: { sight: Sight; kinds: readonly QualityKind[]; today: Day },
  visit: Visitor,
): Promise<void> {
  const doubles = kinds.includes('id_under_two_subjects')
    ? await doublesIn(source, sight)
    : new Set<number>();
  const end = observationEnd(selection, today);
  forEachJourney(source, sight, { end, doubles }, (journey, seen) => {
    for (const kind of kinds) {
      for (const fact of qualityFindings(kind, seen)) {
        if (inWindow(fact.day, selection)) visit(kind, journey, fact);
      }
    }
  });
}

/** The findings among the facts of meetings, contacts and web traffic. */
function scanOthers(
  { others, catalogue }: Source,
  selection: Selection,
  { sight, kinds, today }: { sight: Sight; kinds: readonly QualityKind[]; today: Day },
  visit: (kind: QualityKind, fact: QualityFact) => void,
): void {
  const end = observationEnd(selection, today);
  for (const seen of otherFacts(others, sight, { end, catalogue })) {
    for (const kind of kinds) {
      for (const fact of qualityFindings(kind, seen)) if (inWindow(fact.day, selection)) visit(kind, fact);
    }
  }
}

/** What identifies the facts of a page, and their times. */
async function factsAt({ model, position }: Source, page: readonly JourneyDay[]) {
  const wanted = new Set(page.flatMap(({ positions }) => positions));
  const groups = await model.groups([...new Set(page.map(({ id }) => id))], position + 1);
  const rows = [...groups.values()].flat().filter((row) => wanted.has(row.position));
  return new Map(
    rows.map((row) => {
      const { source, id, type, time, recorded, accepted } = readFactRow(row);
      const times = {
        time: isoInstant(time),
        recordedtime: isoInstant(recorded),
        acceptedtime: isoInstant(accepted),
      };
      return [row.position, { source, id, type, ...times }] as const;
    }),
  );
}
