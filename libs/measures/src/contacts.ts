import { isoMonth, monthOfDay, romeDay } from '#calendar';
import { codesOf } from '#events';
import { groupedBy } from './grouped-by.js';
import { windowMonths } from './layout.js';
import { inWindow } from './selected.js';
import { type CutOffs, type Window } from './selection.js';
import { type MeasuredFact, visibleFactsByGroup } from './visible-facts.js';

export const CONTACT_TOPICS = codesOf('contact-handled', 'topic');
export const CONTACT_CHANNELS = ['phone', 'chatbot'] as const;

type Channel = (typeof CONTACT_CHANNELS)[number];
type ContactFact = MeasuredFact<'contact-handled'>;

export interface Contacts extends Record<Channel, number> {
  /** Over the contacts whose duration was told; null when there are none of these. */
  readonly meanDurationSeconds: Readonly<Record<Channel, number | null>>;
  /** A contact need not name a topic, so they may add up to less than all. */
  readonly topics: Readonly<Record<string, number>>;
}

/**
 * Contacts of the help desk by month.
 *
 * @param facts the contacts, their retractions among them
 * @throws MeasureError `too-many-rows`
 */
export function contactsByMonth(
  facts: Iterable<MeasuredFact>,
  selection: CutOffs & Window,
): { items: ({ month: string } & Contacts)[]; totals: Contacts } {
  const contacts = [...visibleFactsByGroup(facts, selection).values()]
    .flat()
    .filter((fact): fact is ContactFact => fact.name === 'contact-handled')
    .map((fact) => ({ day: romeDay(fact.time), data: fact.data }))
    .filter(({ day }) => inWindow(day, selection))
    .sort((a, b) => a.day - b.day);
  const byMonth = groupedBy(contacts, ({ day }) => monthOfDay(day));
  const counted = { firstDay: contacts[0]?.day, lastDay: contacts.at(-1)?.day };
  const months = windowMonths(selection, counted);
  return {
    items: months.map((month) => ({ month: isoMonth(month), ...count(byMonth.get(month) ?? []) })),
    totals: count(contacts),
  };
}

function count(contacts: readonly Pick<ContactFact, 'data'>[]): Contacts {
  const of = (channel: Channel) => contacts.filter(({ data }) => data.channel === channel);
  const topic = (name: string) => contacts.filter(({ data }) => data.topic === name).length;
  return {
    phone: of('phone').length,
    chatbot: of('chatbot').length,
    meanDurationSeconds: { phone: meanDuration(of('phone')), chatbot: meanDuration(of('chatbot')) },
    topics: Object.fromEntries(CONTACT_TOPICS.map((name) => [name, topic(name)])),
  };
}

function meanDuration(contacts: readonly Pick<ContactFact, 'data'>[]): number | null {
  const durations = contacts.flatMap(({ data }) => data.durationSeconds ?? []);
  if (durations.length === 0) return null;
  return durations.reduce((sum, duration) => sum + duration, 0) / durations.length;
}
