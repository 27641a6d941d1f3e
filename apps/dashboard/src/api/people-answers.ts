import { type FunnelStage, type Groups, type Stage } from './answers.js';

/** The forms of the answers about single people and single facts. */

export type Outcome = 'converted' | 'abandoned' | 'notAdmissible' | 'pending';

export interface JourneyItem extends Groups {
  readonly id: string;
  readonly status: Stage;
  readonly day: string;
  readonly outcome?: Outcome;
  readonly delayDays?: number;
}

export interface JourneyPage {
  readonly items: readonly JourneyItem[];
  readonly next: string | null;
  /** How many fit, on all pages together. */
  readonly count: number;
}

export interface FindingPage extends JourneyPage {
  /** Findings that are facts of meetings, contacts or web traffic. */
  readonly withoutJourney: number;
}

export interface Fact {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
  readonly recordedtime: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Entry extends Groups {
  readonly stage: Stage;
  readonly cycle: string;
  readonly day: string;
  readonly time: string;
  readonly returning: boolean;
  /** Of an entry of a funnel stage: what became of it towards each later one. */
  readonly outcomes?: { readonly [S in FunnelStage]?: EntryOutcome };
}

export interface EntryOutcome {
  readonly outcome: Outcome;
  /** Days from the entry to what decided; null while pending. */
  readonly days: number | null;
  /** Of these, the days on which the later stage was not suspended. */
  readonly netDays: number | null;
  /** While pending: the last status fact. */
  readonly leftOpenBy: Pick<Fact, 'type' | 'time'> | null;
  /** While pending: the day up to which the journey was followed. */
  readonly followedTo: string | null;
}

export interface TakenBack {
  readonly fact: Fact;
  /** When the retraction was recorded. */
  readonly knownSince: string;
}

export interface Journey {
  readonly id: string;
  readonly status: Stage | null;
  readonly entries: readonly Entry[];
  readonly facts: readonly Fact[];
  readonly takenBack: readonly TakenBack[];
}

export type CauseClass = 'new' | 'late' | 'correction' | 'retraction' | 'moved';

export interface FactName {
  readonly source: string;
  readonly id: string;
  readonly subject?: string;
  readonly type: string;
}

export interface ChangedCell extends Groups {
  readonly month: string;
  readonly stage: Stage;
  readonly before: number;
  readonly after: number;
  readonly causes: readonly { readonly class: CauseClass; readonly facts: readonly FactName[] }[];
}

export interface Finding {
  readonly kind: string;
  readonly month: string;
  readonly count: number;
  readonly description: string;
}

export interface DelayRow {
  readonly type: string;
  readonly month: string;
  readonly count: number;
  readonly median: number | null;
  readonly p90: number | null;
  readonly max: number | null;
}
