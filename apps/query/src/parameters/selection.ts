import { isoDay, parseDay } from '#calendar';
import { parsePosition } from '#event-log';
import {
  type CodeLists,
  type Filters,
  type GroupKey,
  NONE,
  type Selection,
  UNKNOWN,
  valuesOf,
} from '#measures';
import { type FigureParameters, groupKeysOf } from './figure-parameters.js';
import { invalidParameters, type ParameterFault, quoted } from './invalid-parameters.js';
import { parseCutOff } from './parameter-forms.js';

/**
 * What the parameters of a question ask for. Their texts have the form that their class declares.
 *
 * @throws ProblemError `invalid-parameter` for a window that ends before it begins, and for values that the catalogue
 *   does not know
 */
export function toSelection(parameters: FigureParameters, catalogue: CodeLists): Selection {
  const { from, to, until, knownAt, groupBy } = parameters;
  const faults: ParameterFault[] = [];
  const selection: Selection = {
    from: dayOf(from),
    to: dayOf(to),
    until: instantOf(until),
    knownAt: instantOf(knownAt),
    groupBy: (groupBy?.split(',') ?? []) as GroupKey[],
    filters: readFilters(parameters, catalogue, faults),
  };
  if (selection.from !== undefined && selection.to !== undefined && selection.from > selection.to) {
    const detail = `must not be after to: ${isoDay(selection.from)} is after ${isoDay(selection.to)}`;
    faults.push({ parameter: 'from', detail });
  }
  if (faults.length > 0) throw invalidParameters(faults);
  return selection;
}

const dayOf = (text: string | undefined) => (text === undefined ? undefined : parseDay(text));
const instantOf = (text: string | undefined) => (text === undefined ? undefined : parseCutOff(text));

/** The position that an answer has to reflect at least; undefined where the question names none. */
export function positionAfter({ after }: { readonly after?: string }): number | undefined {
  return after === undefined ? undefined : parsePosition(after);
}

function readFilters(parameters: FigureParameters, catalogue: CodeLists, faults: ParameterFault[]): Filters {
  const filters: Partial<Record<GroupKey, readonly string[]>> = {};
  for (const key of groupKeysOf(parameters)) {
    const text = parameters[key];
    if (text === undefined) continue;
    const values = filterValues(text);
    const known = new Set([...valuesOf(key, catalogue), UNKNOWN, NONE]);
    for (const value of values.filter((one) => !known.has(one))) {
      faults.push({ parameter: key, detail: `there is no ${key} ${quoted(value)}${advice(key, catalogue)}` });
    }
    filters[key] = values;
  }
  return filters;
}

/** The values of a filter; one that stands twice asks for no more than once. */
export function filterValues(text: string): string[] {
  return [...new Set(text.split(','))];
}

/** More values than this would only bury the message. */
const MOST_LISTED = 12;

function advice(key: GroupKey, catalogue: CodeLists): string {
  const values = valuesOf(key, catalogue);
  return values.length > MOST_LISTED
    ? ' in the catalogue'
    : `; it may be ${[...new Set([...values, UNKNOWN, NONE])].join(', ')}`;
}
