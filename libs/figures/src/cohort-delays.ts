import { type Day } from '#calendar';
import { type Catalogue } from '#catalogue';
import { type DelayCounts, OUTCOMES } from '#measures';
import { NO_CELL } from './answer-cells.js';
import { type CohortMembers } from './cohort-scan.js';
import { type JourneyFacts } from './journey-facts.js';

const KINDS = OUTCOMES.length;

/** Which of some members belong to which cell: those of cell c stand in `members` from `starts[c]` to `starts[c + 1]`. */
export interface MembersByCell {
  readonly starts: Uint32Array;
  readonly members: Uint32Array;
}

export function membersByCell(cells: Int32Array, size: number): MembersByCell {
  const starts = new Uint32Array(size + 1);
  for (const cell of cells) if (cell !== NO_CELL) starts[cell + 1]!++;
  for (let cell = 0; cell < size; cell++) starts[cell + 1]! += starts[cell]!;
  const next = starts.slice();
  const members = new Uint32Array(starts[size]!);
  for (let i = 0; i < cells.length; i++) {
    if (cells[i] !== NO_CELL) members[next[cells[i]!]!++] = i;
  }
  return { starts, members };
}

/** The last day that each member was followed to: of its conversion or loss, or the observation end. */
export function lastDays(members: CohortMembers, { day }: JourneyFacts, observationEnd: Day): Int32Array {
  const days = new Int32Array(members.length);
  for (let i = 0; i < members.length; i++) {
    const decision = members.decision[i]!;
    days[i] = decision < 0 ? Math.max(day[members.fact[i]!]!, observationEnd) : day[decision]!;
  }
  return days;
}

/**
 * The delays of a cohort in days, counted by day instead of sorted. Net of the suspensions of `netOf` where that is
 * given: an open day counts one, by a table of how many open days there are before each day.
 */
export class CohortDelays {
  private readonly delay: Uint32Array;
  /** A count for each day and outcome; zeros between two questions. */
  private readonly counts: Uint32Array;

  constructor(
    private readonly members: CohortMembers,
    { day }: JourneyFacts,
    last: Int32Array,
    netOf?: (day: Day) => boolean,
  ) {
    const { length, fact } = members;
    this.delay = new Uint32Array(length);
    for (let i = 0; i < length; i++) this.delay[i] = last[i]! - day[fact[i]!]!;
    if (netOf) this.net(day, last, netOf);
    let longest = 0;
    for (let i = 0; i < length; i++) if (this.delay[i]! > longest) longest = this.delay[i]!;
    this.counts = new Uint32Array((longest + 1) * KINDS);
  }

  /** What happened to some of the members, by day. */
  count(members: Uint32Array, from = 0, to = members.length): DelayCounts[] {
    const { delay, counts } = this;
    const { outcome } = this.members;
    let first = Infinity;
    let last = -1;
    for (let i = from; i < to; i++) {
      const member = members[i]!;
      const days = delay[member]!;
      counts[days * KINDS + outcome[member]!]!++;
      if (days < first) first = days;
      if (days > last) last = days;
    }
    const rows: DelayCounts[] = [];
    for (let day = first; day <= last; day++) {
      const at = day * KINDS;
      const converted = counts[at]!;
      const abandoned = counts[at + 1]!;
      const notAdmissible = counts[at + 2]!;
      const pending = counts[at + 3]!;
      if (converted + abandoned + notAdmissible + pending > 0) {
        rows.push({ day, converted, abandoned, notAdmissible, pending });
      }
    }
    if (last >= 0) counts.fill(0, first * KINDS, (last + 1) * KINDS);
    return rows;
  }

  private net(day: Int32Array, last: Int32Array, isSuspended: (day: Day) => boolean): void {
    const { length, fact } = this.members;
    let first = Infinity;
    let end = -Infinity;
    for (let i = 0; i < length; i++) {
      first = Math.min(first, day[fact[i]!]!);
      end = Math.max(end, last[i]!);
    }
    const openBefore = new Uint32Array(Math.max(0, end - first) + 1);
    for (let i = 1; i < openBefore.length; i++) {
      openBefore[i] = openBefore[i - 1]! + Number(!isSuspended(first + i - 1));
    }
    for (let i = 0; i < length; i++) {
      this.delay[i] = openBefore[last[i]! - first]! - openBefore[day[fact[i]!]! - first]!;
    }
  }
}

/** The days on which the service of a stage was closed, where a figure is to be net of them. */
export function suspensionsOf(
  stage: CohortMembers['stage'],
  net: boolean,
  catalogue: Catalogue,
): ((day: Day) => boolean) | undefined {
  return net ? (day) => catalogue.isSuspended(stage, day) : undefined;
}
