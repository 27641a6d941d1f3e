import { FUNNEL_STAGES } from '#events';
import { GROUP_KEYS, laterStages, OUTCOMES } from '#measures';
import { count, countsOf, type FigureDeclaration, type SchemaObject } from './figure-declaration.js';

const LATER_STAGES = laterStages(FUNNEL_STAGES[0]);

/** One object for each later stage; only the stages after the asked one are there. */
const byLaterStage = (schema: SchemaObject, description: string): SchemaObject => ({
  type: 'object',
  description,
  properties: Object.fromEntries(LATER_STAGES.map((stage) => [stage, schema])),
});

export const COHORT: FigureDeclaration = {
  name: 'funnel-cohort',
  summary: 'The cohort funnel: what became of those who entered a stage',
  description:
    'Follows the people who entered `stage` in the window, whenever they went on: how many reached each later funnel stage, and what became of the others. The four outcomes towards a stage add up to the cohort. Grouped and filtered by the entry of `stage`. Method: a closed cohort, the same people counted at the entry and afterwards, so that a share of it is a conversion rate; the period ratio is none.',
  month: 'asked',
  groupKeys: GROUP_KEYS,
  item: {
    size: count('Entries of `stage` in the window.'),
    reached: byLaterStage({ type: 'integer', minimum: 0 }, 'How many reached each later stage.'),
    outcomes: byLaterStage(
      countsOf(OUTCOMES, 'The outcomes towards this stage.'),
      'The outcomes towards each later stage.',
    ),
  },
};
