export { ALL_PROJECTIONS } from './all-projections.js';
export { entrySteps, entryStepsOf } from './entry-versions.js';
export { type FactRow, readFactRow } from './fact-rows.js';
export { FoldError } from './fold.error.js';
export { type FoldedFact } from './folded-fact.js';
export * from './forms.js';
export { type Fold, type Folds, type Projection } from './projection.js';
export * from './runner-options.js';
export { ProjectionRunner } from './runner.js';
