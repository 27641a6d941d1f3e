import { type FigureErrorCode } from './figure.error.js';
import { type FigureAnswer, type FigureModelStatus, type FigureRequest } from './figure-request.js';

/** What the thread that answers figures is started with. */
export interface FigureWorkerData {
  readonly readModelUrl: string;
}

export type FigureCall =
  | {
      readonly kind: 'ask';
      readonly request: FigureRequest;
      readonly options: { readonly after?: number; readonly waitMs?: number };
    }
  | { readonly kind: 'status' }
  | { readonly kind: 'close' };

/** To the thread. */
export interface FigureQuestion {
  readonly id: number;
  readonly call: FigureCall;
}

export type FigureResult =
  | { readonly kind: 'answer'; readonly answer: FigureAnswer }
  | { readonly kind: 'status'; readonly status: readonly FigureModelStatus[] }
  | { readonly kind: 'closed' }
  | { readonly kind: 'error'; readonly code: FigureErrorCode; readonly message: string }
  /** Not foreseen: a fault of the code. */
  | { readonly kind: 'fault'; readonly detail: string };

/** From the thread. */
export interface FigureReply {
  readonly id: number;
  readonly result: FigureResult;
}
