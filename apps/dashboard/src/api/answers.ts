/** The forms of the answers that the page reads; the whole of them is in the OpenAPI document. */

export const FUNNEL_STAGES = ['registered', 'booked', 'attended', 'saChosen', 'pdsSigned'] as const;
export type FunnelStage = (typeof FUNNEL_STAGES)[number];
export const SIDE_STAGES = [
  'bookingCancelled',
  'absent',
  'receptionHeld',
  'notAdmissible',
  'abandoned',
] as const;
export type Stage = FunnelStage | (typeof SIDE_STAGES)[number];

export const GROUP_KEYS = ['territory', 'venue', 'mode', 'sa', 'gender', 'education', 'employment'] as const;
export type GroupKey = (typeof GROUP_KEYS)[number];
export type Groups = { readonly [K in GroupKey]?: string };

export interface List<I, T = I> {
  readonly items: readonly I[];
  readonly totals: T;
  readonly position: string;
  readonly from: string | null;
  readonly to: string | null;
}

export type StageCounts = Readonly<Record<Stage, number>>;
export type FunnelRow = StageCounts & Groups & { readonly month: string; readonly returning: StageCounts };

export interface Outcomes {
  readonly converted: number;
  readonly abandoned: number;
  readonly notAdmissible: number;
  readonly pending: number;
}

export interface CohortRow extends Groups {
  readonly size: number;
  readonly outcomes: { readonly [S in FunnelStage]?: Outcomes };
}

export interface Named {
  readonly code: string;
  readonly name: string;
}

export interface Catalogue {
  readonly territories: readonly Named[];
  readonly venues: readonly (Named & { readonly territory: string; readonly mode: string })[];
  readonly sas: readonly (Named & { readonly territory: string })[];
}

export interface Projection {
  readonly projection: string;
  readonly position: string;
  readonly lag: number;
  readonly problem: string | null;
}

/** What `/status` tells. */
export interface SystemStatus {
  readonly detail: string;
  readonly position: string;
  readonly synthetic: boolean;
  readonly projections: readonly Projection[];
  /** Read models that are being built beside those that serve. */
  readonly building: readonly Projection[];
}
