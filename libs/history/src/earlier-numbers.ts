import { type Month } from '#calendar';
import { monthOf } from './working-time.js';

/**
 * Numbers of 2017 to 2019 that the report does not print. Of 2017 and 2018 the history holds only a thin slice: as
 * many people as later facts need. Of 2019 the year's totals are printed, and the 288 registered in March.
 */

const byMonth = (year: number, numbers: readonly number[]): [Month, number][] =>
  numbers.map((number, index) => [monthOf(`${year}-${String(index + 1).padStart(2, '0')}`), number]);

export const REGISTERED_2017_2018: ReadonlyMap<Month, number> = new Map([
  ...byMonth(2017, Array<number>(12).fill(5)),
  ...byMonth(2018, [13, 13, 13, 13, 13, 13, 13, 13, 13, 60, 90, 110]),
]);

/** The share of each month; March becomes the printed 288 because the 12 add up to the total that is shared out. */
export const REGISTERED_2019: ReadonlyMap<Month, number> = new Map(
  byMonth(2019, [300, 290, 288, 270, 262, 235, 205, 95, 250, 280, 245, 180]),
);

export const PARTICIPANTS_2017_2018: ReadonlyMap<Month, number> = new Map([
  ...byMonth(2017, [0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3]),
  ...byMonth(2018, [10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 30, 40]),
]);

/** Weights within the printed total of each territory (Table 5). */
export const PARTICIPANTS_BY_MONTH_2019: ReadonlyMap<Month, number> = new Map(
  byMonth(2019, [230, 255, 270, 250, 240, 225, 200, 70, 190, 255, 235, 162]),
);

export const PACTS_2017_2018: ReadonlyMap<Month, number> = new Map([
  ...byMonth(2017, [0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 1, 1]),
  ...byMonth(2018, [3, 4, 5, 5, 5, 5, 5, 2, 5, 6, 7, 8]),
]);

/** Weights for what the printed year (Table 11) leaves to January to August beside the printed autumn (Table 10). */
export const PACTS_BY_MONTH_2019: ReadonlyMap<Month, number> = new Map(
  byMonth(2019, [40, 110, 150, 180, 190, 190, 180, 97]),
);
