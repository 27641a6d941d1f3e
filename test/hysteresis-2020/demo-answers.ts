import { readFileSync } from 'node:fs';

export interface Point {
  readonly day: number;
  readonly atRisk: number;
  readonly converted: number;
  readonly lost: number;
  readonly censored: number;
  readonly survival: number;
  readonly cifConverted: number;
  readonly cifLost: number;
}

export interface Row {
  readonly size: number;
  readonly converted: number;
  readonly abandoned: number;
  readonly notAdmissible: number;
  readonly pending: number;
  readonly curve: readonly Point[];
  readonly [name: string]: unknown;
}

export interface Answer<R = Row> {
  readonly items: readonly R[];
  readonly totals: R;
  readonly [name: string]: unknown;
}

/** Asks the demo for what stands behind `/v1/`. */
export type Ask = <R = Row>(path: string) => Promise<Answer<R>>;

/** Who took part in a pre-reception meeting in 2020, and whether they chose an SA. */
export const YEAR = 'from=2020-01-01&to=2020-12-31';
export const COHORT = `hysteresis?${YEAR}`;
export const STATE_2020 = 'until=2020-12-31&knownAt=2020-12-31';

/** The documentation, whatever its line breaks. */
export const MEASURES = readFileSync('docs/measures.md', 'utf8').replace(/\s+/g, ' ');
