import { type FactName, STAGE_ORDER, stageOf } from '#events';
import { type Cell } from '#read-models';
import { entryStepsOf } from './entry-versions.js';
import { ENTRY_STEP_FORM, type EntryStep } from './forms.js';
import { journeys } from './journeys.projection.js';
import { type Fold, type Projection } from './projection.js';

/** The cells of a step in the order of ENTRY_STEP_FORM. */
function stepCells(step: EntryStep): Cell[] {
  return [
    step.stage,
    step.cycle,
    step.day,
    step.time,
    step.recorded,
    step.delta,
    step.returning,
    step.territory,
    step.venue,
    step.mode,
    step.sa,
    step.gender,
    step.education,
    step.employment,
  ];
}

const steps: Fold<FactName> = (fact, earlier, catalogue) =>
  entryStepsOf(fact, earlier, catalogue).map(stepCells);

const names: readonly FactName[] = [
  ...STAGE_ORDER.filter((name) => stageOf(name) !== undefined),
  'retracted',
];

/** The entries of the funnel as steps over the recorded time: what each fact changes in its journey's entries. */
export const monthlyFunnel: Projection = {
  name: 'monthly_funnel',
  version: 1,
  form: ENTRY_STEP_FORM,
  categories: journeys.categories,
  history: journeys.name,
  recalls: new Set(names),
  folds: Object.fromEntries(names.map((name) => [name, steps])),
  key: journeys.key,
};
