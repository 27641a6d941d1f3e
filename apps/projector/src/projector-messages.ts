import { type LogLevel, type RunnerStatus } from '#projections';

/** What the projecting thread is started with. */
export interface ProjectorWorkerData {
  readonly eventLogUrl: string;
  readonly readModelUrl: string;
  /** The programme catalogue as JSON. */
  readonly catalogue: string;
}

export type ProjectorCall = 'status' | 'rebuild';

/** To the thread. */
export type ToProjector =
  { readonly kind: 'call'; readonly id: number; readonly call: ProjectorCall } | { readonly kind: 'stop' };

/** What calls are answered with. */
export interface ProjectorResults {
  status: RunnerStatus;
  /** Whether a rebuild is under way now. */
  rebuild: boolean;
}

/** From the thread. */
export type FromProjector =
  | { readonly kind: 'result'; readonly id: number; readonly result: ProjectorResults[ProjectorCall] }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string }
  | {
      readonly kind: 'report';
      readonly level: LogLevel;
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>>;
    };
