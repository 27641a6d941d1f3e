/** What happened to one cohort, by its age when it happened; ages count from 0. */
export interface RunOffCohort {
  readonly size: number;
  readonly events: readonly number[];
  readonly competing: readonly number[];
  /** How many ages, from 0 on, have begun to be observed, and how many have been to their end. */
  readonly observedAges: number;
  readonly completeAges: number;
  /** Of how many it can be taken that what happened in them is known by now. */
  readonly recordedAges: number;
}

export interface RunOffCell {
  readonly age: number;
  /** Since the cohort began, up to the end of this age. */
  readonly events: number;
  readonly competing: number;
  /** Neither. */
  readonly open: number;
  /** False: the age was not over, so that the counts may still grow. */
  readonly complete: boolean;
  /** False: what happened in this age, or before, may not all be known yet, so that the counts may still grow. */
  readonly recorded: boolean;
}

/** The development of a cohort: a cell for each age from 0 on that has begun to be observed. */
export function runOff({ size, events, competing, observedAges, ...known }: RunOffCohort): RunOffCell[] {
  const ages = Math.max(observedAges, events.length, competing.length);
  let happened = 0;
  let ruledOut = 0;
  return Array.from({ length: ages }, (_, age) => {
    happened += events[age] ?? 0;
    ruledOut += competing[age] ?? 0;
    return {
      age,
      events: happened,
      competing: ruledOut,
      open: size - happened - ruledOut,
      complete: age < known.completeAges,
      recorded: age < known.recordedAges,
    };
  });
}

/** Recorded when all cohorts that it sums are. */
export interface RunOffSum extends Omit<RunOffCell, 'complete'> {
  /** The cohorts that are complete at this age, and their size together: what the cell sums. */
  readonly cohorts: number;
  readonly size: number;
}

/** The development of several cohorts together: at every age of those that are complete there. */
export function runOffTotals(
  cohorts: readonly { readonly size: number; readonly cells: readonly RunOffCell[] }[],
): RunOffSum[] {
  const ages = Math.max(0, ...cohorts.map(({ cells }) => cells.length));
  return Array.from({ length: ages }, (_, age) => {
    const sum = { age, cohorts: 0, size: 0, events: 0, competing: 0, open: 0, recorded: true };
    for (const { size, cells } of cohorts) {
      const cell = cells[age];
      if (!cell?.complete) continue;
      sum.cohorts++;
      sum.size += size;
      sum.events += cell.events;
      sum.competing += cell.competing;
      sum.open += cell.open;
      sum.recorded &&= cell.recorded;
    }
    return sum;
  }).filter((sum) => sum.cohorts > 0);
}
