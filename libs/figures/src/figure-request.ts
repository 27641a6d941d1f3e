import { type Instant } from '#calendar';
import { type FunnelStage } from '#events';
import {
  type HysteresisQuestion,
  type JourneyQuestion,
  type QualityKind,
  type Selection,
  type TriangleQuestion,
} from '#measures';
import { type JourneyPage } from './journeys.figure.js';
import { type NowcastQuestion } from './nowcast.figure.js';

/** What the figures answer; all but `journey` are lists. */
export type FigureRequest =
  | { readonly figure: 'monthly' | 'cumulative'; readonly selection: Selection }
  | {
      readonly figure: 'period-ratio';
      readonly selection: Selection;
      readonly fromStage: FunnelStage;
      readonly toStage: FunnelStage;
      readonly byMonth: boolean;
    }
  | {
      readonly figure:
        | 'absence'
        | 'stock'
        | 'meetings'
        | 'contacts'
        | 'web-traffic'
        | 'questionnaire'
        | 'recording-delay'
        | 'quality';
      readonly selection: Selection;
    }
  /** What only the annual report asks for: web traffic day by day, places a meeting had, answers one by one. */
  | {
      readonly figure: 'web-traffic-daily' | 'meeting-places' | 'questionnaire-answers';
      readonly selection: Selection;
    }
  | {
      readonly figure: 'cohort';
      readonly selection: Selection;
      readonly stage: FunnelStage;
      readonly byMonth: boolean;
    }
  | ({ readonly figure: 'hysteresis'; readonly selection: Selection } & HysteresisQuestion)
  /** The monthly funnel at two recorded dates; `knownAt` of the selection plays no part. */
  | {
      readonly figure: 'diff';
      readonly selection: Selection;
      readonly before: Instant;
      readonly after: Instant;
    }
  | {
      readonly figure: 'journeys';
      readonly selection: Selection;
      readonly question: JourneyQuestion;
      readonly page: JourneyPage;
    }
  | ({
      readonly figure: 'hysteresis-compare' | 'hysteresis-triangle';
      readonly selection: Selection;
    } & TriangleQuestion)
  | ({ readonly figure: 'nowcast' | 'nowcast-backtest'; readonly selection: Selection } & NowcastQuestion)
  | {
      readonly figure: 'quality-journeys';
      readonly selection: Selection;
      readonly kind: QualityKind;
      readonly page: JourneyPage;
    }
  | { readonly figure: 'journey'; readonly id: string; readonly selection: Selection };

/** A cell of an answer, as JSON shows it. */
export type FigureItem = Readonly<Record<string, unknown>>;

export interface FigureAnswer {
  /** The rows, complete and in the order of the contract; for `journey` one item, or none when nothing is visible. */
  readonly items: readonly FigureItem[];
  /** The items as a JSON array, where the answer came from another thread: to be passed on without looking into it. */
  readonly itemsJson?: string;
  readonly totals: FigureItem;
  /** The totals as JSON, likewise. */
  readonly totalsJson?: string;
  /** What the answer says beside its rows, under these names. */
  readonly findings?: FigureItem;
  /** Everything in this answer reflects the log up to here, and nothing after it. */
  readonly position: number;
  /** Digest of the programme catalogue that the answer was computed with. */
  readonly catalogue: string;
}

/** Answers figures from the read models; apps see only this. */
export interface FigureService {
  /**
   * Rejects with a `FigureError`: `too-many-rows` (over 100,000), `not-caught-up` (`after` was not reached in time),
   * `unavailable` (no read model serves yet, or its store is away).
   */
  ask(
    request: FigureRequest,
    options?: { readonly after?: number; readonly waitMs?: number },
  ): Promise<FigureAnswer>;

  /**
   * Asks several things at once; all answers have the same position and the same catalogue. Rejects as `ask` does,
   * with `not-caught-up` also when the read models do not come to stand at one position in time.
   */
  askAll(
    requests: readonly FigureRequest[],
    options?: { readonly after?: number; readonly waitMs?: number },
  ): Promise<readonly FigureAnswer[]>;

  /**
   * Where the serving read models stand; the lowest is what every answer reflects at least. Rejects with a `FigureError`
   * `unavailable` while their store cannot be read.
   */
  status(): Promise<readonly FigureModelStatus[]>;

  close(): Promise<void>;
}

export interface FigureModelStatus {
  readonly projection: string;
  readonly model: string | null;
  /** Position up to which the query side has taken the rows in. */
  readonly position: number;
  readonly ready: boolean;
}
