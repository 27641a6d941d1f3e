import { type Catalogue } from '#catalogue';
import { STAGES } from '#events';
import { type Outcome, type OutcomeQuestion } from '#measures';
import { type JourneyFacts } from './journey-facts.js';
import { OpenDays } from './open-days.js';

/** What became of a member of a cohort; the delay of those who converted. */
export interface Fate {
  readonly outcome: Outcome;
  readonly delayDays?: number;
}

const ABANDONED = STAGES.indexOf('abandoned');
const NOT_ADMISSIBLE = STAGES.indexOf('notAdmissible');

/** The row of the last fact that gives a journey its status; −1: there is none. */
export function lastStatusRow({ name }: JourneyFacts, rows: Uint32Array, count: number): number {
  for (let i = count - 1; i >= 0; i--) if (name[rows[i]!]! < STAGES.length) return rows[i]!;
  return -1;
}

/** Decides what became of the entries of a stage towards a later one, and whether they are among those asked for. */
export class RowFates {
  private readonly toStage: number;
  private readonly openDays: OpenDays | undefined;

  constructor(
    private readonly facts: JourneyFacts,
    catalogue: Catalogue,
    private readonly asked: OutcomeQuestion,
  ) {
    this.toStage = STAGES.indexOf(asked.toStage);
    this.openDays = asked.net ? new OpenDays(asked.toStage, catalogue) : undefined;
  }

  /**
   * The fate of the entry of one row; undefined when it is not asked for.
   *
   * @param rows of the journey's visible facts in order, the first `count`
   */
  of(entry: number, rows: Uint32Array, count: number): Fate | undefined {
    const fate = this.decide(entry, rows, count);
    const { outcome, minDelayDays, maxDelayDays } = this.asked;
    if (outcome !== undefined && fate.outcome !== outcome) return undefined;
    if (minDelayDays !== undefined && !(fate.delayDays! >= minDelayDays)) return undefined;
    if (maxDelayDays !== undefined && !(fate.delayDays! <= maxDelayDays)) return undefined;
    return fate;
  }

  private decide(entry: number, rows: Uint32Array, count: number): Fate {
    const { name, time } = this.facts;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (name[row] !== this.toStage || time[row]! < time[entry]!) continue;
      return { outcome: 'converted', delayDays: this.delay(entry, row) };
    }
    const status = name[lastStatusRow(this.facts, rows, count)];
    if (status === ABANDONED) return { outcome: 'abandoned' };
    return { outcome: status === NOT_ADMISSIBLE ? 'notAdmissible' : 'pending' };
  }

  private delay(entry: number, reached: number): number {
    const { day } = this.facts;
    return this.openDays?.between(day[entry]!, day[reached]!) ?? day[reached]! - day[entry]!;
  }
}
