import { type EntryStep } from './forms.js';

/** Steps in one cell of the figures at one instant; no value holds the separator. */
const cellOf = (step: EntryStep) =>
  `${step.stage}|${step.cycle}|${step.time}|${step.recorded}|${step.returning}|${step.territory}|${step.venue}|` +
  `${step.mode}|${step.sa}|${step.gender}|${step.education}|${step.employment}`;

/** The steps of the one without those of the other, as multisets; opposite ones cancel. */
export function difference(after: readonly EntryStep[], before: readonly EntryStep[]): EntryStep[] {
  const cells = new Map<string, { step: EntryStep; sum: number }>();
  const count = (step: EntryStep, sign: 1 | -1) => {
    const key = cellOf(step);
    const cell = cells.get(key) ?? { step, sum: 0 };
    cell.sum += sign * step.delta;
    cells.set(key, cell);
  };
  for (const step of after) count(step, 1);
  for (const step of before) count(step, -1);
  const steps: EntryStep[] = [];
  for (const { step, sum } of cells.values()) {
    const delta = sum > 0 ? 1 : -1;
    for (let times = Math.abs(sum); times > 0; times -= 1) steps.push({ ...step, delta });
  }
  return canonical(steps);
}

/** By recorded time, then cell, what ceases first. */
export function canonical(steps: EntryStep[]): EntryStep[] {
  if (steps.length < 2) return steps;
  const keyed = steps.map((step) => ({ step, cell: cellOf(step) }));
  keyed.sort(
    (a, b) =>
      a.step.recorded - b.step.recorded ||
      a.step.delta - b.step.delta ||
      (a.cell < b.cell ? -1 : Number(a.cell > b.cell)),
  );
  return keyed.map(({ step }) => step);
}
