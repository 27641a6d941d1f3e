import { type EventLogErrorCode } from '../event-log.error.js';
import { type FactRow } from './fact-row.js';
import { type SqliteSettings } from './settings.js';

/** An append on its way to the writing thread. */
export interface PackedAppend {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly rows: readonly FactRow[];
  readonly bytes: number;
}

export interface WriterStart {
  readonly path: string;
  readonly settings: SqliteSettings;
}

export type ToWriter =
  { readonly kind: 'append'; readonly appends: readonly PackedAppend[] } | { readonly kind: 'close' };

/** One commit: the outcomes of as many appends, in the order in which they were sent. */
export interface Committed {
  readonly kind: 'committed';
  /** Position of each append's first fact (its others follow without a gap); 0 where the revision was wrong. */
  readonly firstPositions: readonly number[];
  /** The stream's last revision before each append. */
  readonly actualRevisions: readonly number[];
  readonly milliseconds: number;
}

/** Nothing of `count` appends was stored, for one reason (or, with `outcome-unknown`, perhaps all). */
export interface Failed {
  readonly kind: 'failed';
  readonly count: number;
  readonly code: EventLogErrorCode;
  readonly message: string;
}

export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly code: EventLogErrorCode; readonly message: string }
  | Committed
  | Failed;
