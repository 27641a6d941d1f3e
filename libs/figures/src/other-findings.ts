import { type Day } from '#calendar';
import { type Catalogue } from '#catalogue';
import { type FactName } from '#events';
import { type QualityFact, type QualityJourney } from '#measures';
import { type Sight } from './cut-offs.js';
import { type FactTable, type TableFact } from './fact-table.js';
import { type ContactValue, type MeetingValue, type WebValue } from './figure-models.js';

/** The facts of no journey. */
export interface OtherFacts {
  readonly meetings: FactTable<MeetingValue>;
  readonly contacts: FactTable<ContactValue>;
  readonly webTraffic: FactTable<WebValue>;
}

const NOTHING = { place: 'none', meetingId: undefined, scheduledDay: undefined, isDouble: false };

/**
 * Meetings, contacts and web traffic as the checks see them, each type like one journey: those checks that ask for
 * steps of a journey find none in it.
 */
export function otherFacts(
  { meetings, contacts, webTraffic }: OtherFacts,
  sight: Sight,
  { end, catalogue }: { readonly end: Day; readonly catalogue: Catalogue },
): QualityJourney[] {
  return [
    seenAs('meeting-held', meetings, doubles(meetings.visible(sight))),
    seenAs('contact-handled', contacts),
    seenAs('web-traffic', webTraffic),
  ];

  function seenAs(
    name: FactName,
    table: FactTable<unknown>,
    shared: ReadonlySet<number> = new Set(),
  ): QualityJourney {
    const facts = [...table.visible(sight)].map((fact): QualityFact => ({
      ...NOTHING,
      ...{ name, time: fact.time, day: fact.day, recorded: fact.recorded },
      rewritesPast: fact.rewritesPast,
      isDouble: shared.has(fact.position),
    }));
    const retractions = [...table.rewritingRetractions(sight)].map((one): QualityFact => ({
      ...NOTHING,
      ...{ name: 'retracted', time: one.time, day: one.day, recorded: one.recorded },
      rewritesPast: true,
    }));
    return { facts, retractions, home: undefined, end, catalogue };
  }
}

/** The positions of the facts whose source and id another subject has too. */
function doubles(facts: Iterable<TableFact<unknown>>): ReadonlySet<number> {
  const byIdentity = new Map<string, TableFact<unknown>[]>();
  for (const fact of facts) {
    const key = `${fact.source}\n${fact.id}`;
    byIdentity.set(key, [...(byIdentity.get(key) ?? []), fact]);
  }
  const shared = [...byIdentity.values()].filter((same) => new Set(same.map(({ group }) => group)).size > 1);
  return new Set(shared.flat().map(({ position }) => position));
}
