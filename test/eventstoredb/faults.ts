/** What the double can be made to do wrong. All can be switched while it runs; each lasts until it is switched back. */
export interface Faults {
  /** Calls are taken on and nothing is ever answered. */
  silent: boolean;
  /** Appends are stored, but their answers are lost. */
  losesAnswers: boolean;
  /** Calls fail with UNAVAILABLE, as while a node starts. */
  unavailable: boolean;
  /** Calls are answered with "Server Is Not Ready", as by a node that rebuilds its index. */
  notReady: boolean;
  /** Calls are answered with "Server Is Busy". */
  busy: boolean;
  /** The node is not the leader any more: it says who is, and ends whole calls by that. */
  leaderAt: { readonly host: string; readonly port: number } | null;
  /** Appends are stored, or not, and then their call breaks with this. */
  breaksWith: { readonly code: number; readonly details: string; readonly stores: boolean } | null;
  /** A repeated append gets no answer, as while the first one has not reached the majority. */
  dropsRepeats: boolean;
  /** No login is accepted any more. */
  refusesLogin: boolean;
  /** Checkpoints of subscriptions stand where no number of this program reaches. */
  strangeCheckpoints: boolean;
  /** Appends time out inside the node, as when its disk is full or the majority of a cluster is away. */
  full: boolean;
  /** Subscriptions that are open tell nothing any more, and do not end. */
  losesEvents: boolean;
  /** How many times asking for the node's features fails. */
  failedProbes: number;
  /** Milliseconds before every answer. */
  delayMs: number;
  /** Like a node before 23.10: a subscription does not say when it has caught up. */
  hidesCaughtUp: boolean;
  /** A stream of events ends after so many of them, as if nothing followed; 0 for never. */
  endsAfter: number;
}

export const NO_FAULTS: Readonly<Faults> = {
  silent: false,
  losesAnswers: false,
  unavailable: false,
  notReady: false,
  busy: false,
  leaderAt: null,
  breaksWith: null,
  dropsRepeats: false,
  refusesLogin: false,
  strangeCheckpoints: false,
  full: false,
  losesEvents: false,
  failedProbes: 0,
  delayMs: 0,
  hidesCaughtUp: false,
  endsAfter: 0,
};
