import { type GroupKey } from '#measures';
import { type CutOffParameters, type FigureParameters, groupKeysOf } from './figure-parameters.js';
import { shownCutOff } from './parameter-forms.js';
import { filterValues } from './selection.js';

/** The parameters of a question as its answer repeats them: absent ones null, lists as lists, instants in UTC. */
export type Understood = {
  readonly from: string | null;
  readonly to: string | null;
  readonly until: string | null;
  readonly knownAt: string | null;
  readonly groupBy: readonly string[];
} & { readonly [K in GroupKey]?: readonly string[] | null };

/** How the parameters of a figure were understood; filters as far as the figure has them. */
export function understood(parameters: FigureParameters): Understood {
  const { from, to, groupBy } = parameters;
  const filters = groupKeysOf(parameters).map((key) => {
    const text = parameters[key];
    return [key, text === undefined ? null : filterValues(text)] as const;
  });
  return {
    from: from ?? null,
    to: to ?? null,
    ...understoodCutOffs(parameters),
    groupBy: groupBy?.split(',') ?? [],
    ...Object.fromEntries(filters),
  };
}

/** The same of a question that has cut-offs alone. */
export function understoodCutOffs({ until, knownAt }: Pick<CutOffParameters, 'until' | 'knownAt'>) {
  return {
    until: until === undefined ? null : shownCutOff(until),
    knownAt: knownAt === undefined ? null : shownCutOff(knownAt),
  };
}
