import { GROUP_KEYS } from '#measures';
import { count, type FigureDeclaration, objectOf, type Properties } from './figure-declaration.js';

const CELL: Properties = {
  age: count(
    'Months after the month of entry; with `net=true` only those in which `toStage` was open on any day.',
  ),
  converted: count('Reached `toStage` by the end of this age.'),
  lost: count('Were lost by then.'),
  pending: count('Neither by then.'),
  recorded: {
    type: 'boolean',
    description: 'Whether it can be taken that nearly all that happened by then is on record.',
  },
};

export const TRIANGLE: FigureDeclaration = {
  name: 'hysteresis-triangle',
  summary: 'The run-off triangle: cohorts by month, and what had become of them month after month',
  description:
    'A row for each month of entry (and group), a cell for each age in calendar months: how many of the cohort had converted or been lost by the end of that age, as known at the cut-offs. A cell whose age was not over, to its last millisecond, by the observation end is not `complete`: it may still grow and must not be read as a low value. Nor must a cell that is not `recorded`: the last day of its age lies so near to `knownAt` (or now) that facts of it may still be on their way, going by the recording delays of the types it counts, as in `/v1/recording-delay`. The totals sum, at each age, only the cohorts that are complete there, and say which; they are `recorded` when all of these are. With `net=true` a month in which `toStage` was closed on every day belongs to the age before it. Method: a cumulative run-off (development) triangle as of insurers (Mack 1994), of people instead of claims; nothing in it is estimated. The cells of all rows count towards the limit of 100,000.',
  month: 'always',
  groupKeys: GROUP_KEYS,
  item: {
    size: count('Members: entries of `fromStage` in the month.'),
    cells: {
      type: 'array',
      items: objectOf({ ...CELL, complete: { type: 'boolean', description: 'Whether this age was over.' } }),
    },
  },
  totals: {
    size: count('Members of all cohorts.'),
    cells: {
      type: 'array',
      items: objectOf({
        ...CELL,
        cohorts: count('Months of entry that are complete at this age.'),
        size: count('Their members: what the counts of this cell are out of.'),
      }),
    },
  },
};
