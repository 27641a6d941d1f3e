import { type DemoEvent } from '../index.js';

/** One visible fact, with its civil day in Rome. */
export interface Seen {
  readonly name: string;
  readonly subject: string;
  readonly day: string;
  readonly month: string;
  readonly cycle: string;
  readonly instant: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Entry extends Seen {
  /** The journey came into this stage in a cycle before this one, too. */
  readonly returning: boolean;
}

const romeClock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' });
/** The offset of Rome changes at 01:00 UTC, so no UTC hour holds two days. */
const dayOfHour = new Map<number, string>();

/** The civil day of Rome, by the calendar of the platform rather than by the project's own. */
export function romeDay(instant: number): string {
  const hour = Math.floor(instant / 3_600_000);
  let day = dayOfHour.get(hour);
  if (!day) dayOfHour.set(hour, (day = romeClock.format(hour * 3_600_000)));
  return day;
}

const cycleOf = (day: string) =>
  day < '2020-01-01' ? '2017-2019' : day < '2023-01-01' ? '2020-2022' : '2023-';

/** What is visible with everything recorded by `knownAt` and happened by `until` (days, both whole), in order. */
export function visible(events: readonly DemoEvent[], knownAt: string, until: string): Seen[] {
  const known = events.filter((event) => romeDay(Date.parse(event.recordedtime)) <= knownAt);
  const key = (source: unknown, id: unknown, subject: unknown) =>
    JSON.stringify([source, id, subject ?? null]);
  const retracted = new Set<string>();
  for (const { type, subject, data } of known) {
    if (type === 'it.mip.retracted.v1') retracted.add(key(data['source'], data['id'], subject));
  }
  const seen: Seen[] = [];
  for (const { type, subject, time, data, source, id } of known) {
    const instant = Date.parse(time);
    const day = romeDay(instant);
    if (type === 'it.mip.retracted.v1' || day > until || retracted.has(key(source, id, subject))) continue;
    const name = type.split('.')[2]!;
    seen.push({
      name,
      subject: subject ?? '',
      day,
      month: day.slice(0, 7),
      cycle: cycleOf(day),
      instant,
      data,
    });
  }
  return seen.sort((a, b) => a.instant - b.instant);
}

/** The entries of one stage: the first visible fact of each journey in each cycle. */
export function entries(seen: readonly Seen[], name: string): Entry[] {
  const cycles = new Map<string, Set<string>>();
  const result: Entry[] = [];
  for (const fact of seen) {
    if (fact.name !== name) continue;
    const before = cycles.get(fact.subject) ?? new Set();
    if (!before.has(fact.cycle)) result.push({ ...fact, returning: before.size > 0 });
    cycles.set(fact.subject, before.add(fact.cycle));
  }
  return result;
}

/** The facts of each journey, in their order. */
export function journeysOf(facts: readonly Seen[]): Map<string, Seen[]> {
  const journeys = new Map<string, Seen[]>();
  for (const fact of facts) {
    if (!/^j-\d{6}$/.test(fact.subject)) continue;
    const own = journeys.get(fact.subject);
    if (own) own.push(fact);
    else journeys.set(fact.subject, [fact]);
  }
  return journeys;
}

/** How many of the facts have each value. */
export function count(facts: readonly Seen[], by: (fact: Seen) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const fact of facts) counts[by(fact)] = (counts[by(fact)] ?? 0) + 1;
  return counts;
}

/** A table of the report: for every code the counts of the months, zeros included. */
export function table(
  facts: readonly Seen[],
  codes: readonly string[],
  months: readonly string[],
  code: (fact: Seen) => string,
): Record<string, number[]> {
  const counts = count(facts, (fact) => `${code(fact)} ${fact.month}`);
  return Object.fromEntries(codes.map((one) => [one, months.map((month) => counts[`${one} ${month}`] ?? 0)]));
}

/** A percentage of two counts, rounded half up to the digits, from whole numbers alone. */
export function pct(part: number, whole: number, digits = 2): number {
  const scale = 10 ** digits;
  const sign = part < 0 ? -1 : 1;
  return (sign * Math.floor((2 * 100 * scale * Math.abs(part) + whole) / (2 * whole))) / scale;
}
