import { type FigureErrorCode } from './figure.error.js';
import {
  type FigureAnswer,
  type FigureItem,
  type FigureModelStatus,
  type FigureRequest,
} from './figure-request.js';

/** An answer between threads. Most are written out as JSON in the end; copying them row by row takes several times as long. */
export type TravellingAnswer = Omit<FigureAnswer, 'items' | 'itemsJson' | 'totals' | 'totalsJson'> & {
  readonly itemsJson: string;
  readonly totalsJson: string;
};

export function packed(answer: FigureAnswer): TravellingAnswer {
  const { items, totals, itemsJson: _items, totalsJson: _totals, ...rest } = answer;
  const totalsJson = JSON.stringify(totals);
  // The one row of an answer that nothing splits may be the totals themselves.
  const same = items.length === 1 && items[0] === totals;
  return { ...rest, itemsJson: same ? `[${totalsJson}]` : JSON.stringify(items), totalsJson };
}

/** The answer again; its items and totals are read only when somebody looks at them. */
export function unpacked(answer: TravellingAnswer): FigureAnswer {
  let items: readonly FigureItem[] | undefined;
  let totals: FigureItem | undefined;
  return {
    ...answer,
    get items() {
      return (items ??= JSON.parse(answer.itemsJson) as readonly FigureItem[]);
    },
    get totals() {
      return (totals ??= JSON.parse(answer.totalsJson) as FigureItem);
    },
  };
}

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
  | {
      readonly kind: 'ask-all';
      readonly requests: readonly FigureRequest[];
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
  | { readonly kind: 'answer'; readonly answer: TravellingAnswer }
  | { readonly kind: 'answers'; readonly answers: readonly TravellingAnswer[] }
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
