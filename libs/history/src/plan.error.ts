/** The plan of the history cannot be carried out as its numbers stand; never thrown for the numbers that are in place. */
export class PlanError extends Error {
  readonly code = 'PLAN_INFEASIBLE';
  override readonly name = 'PlanError';
}

/** The value, which the plan relies on being there. */
export function need<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new PlanError(`missing: ${what}`);
  return value;
}

/** Stops the plan where a condition that it relies on does not hold. */
export function ensure(condition: boolean, what: string): void {
  if (!condition) throw new PlanError(what);
}
