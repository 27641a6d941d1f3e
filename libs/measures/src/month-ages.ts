import { type Day, monthOfDay, type Month } from '#calendar';
import { type FunnelStage } from '#events';
import { type Programme } from './cohort-members.js';
import { isOpenMonth } from './open-days.js';

/**
 * How old a cohort of one month is in a later one: the months since. Net of suspensions a month counts only if the later
 * stage was open on any of its days, so a month of closure belongs to the age before it.
 */
export class MonthAges {
  private readonly open = new Map<Month, boolean>();

  constructor(
    private readonly catalogue: Pick<Programme, 'isSuspended'>,
    private readonly question: { readonly toStage: FunnelStage; readonly net: boolean },
  ) {}

  age(cohort: Month, month: Month): number {
    let age = 0;
    for (let later = cohort + 1; later <= month; later++) if (this.counts(later)) age++;
    return age;
  }

  /** How many ages of a cohort have begun by a day. */
  begun(cohort: Month, day: Day): number {
    return this.age(cohort, monthOfDay(day)) + 1;
  }

  /** How many ages of a cohort are over with a day; 0 when its own month is not. */
  over(cohort: Month, day: Day): number {
    const month = monthOfDay(day + 1) - 1;
    return month < cohort ? 0 : this.age(cohort, month) + Number(this.counts(month + 1));
  }

  private counts(month: Month): boolean {
    if (!this.question.net) return true;
    let open = this.open.get(month);
    if (open === undefined) {
      this.open.set(month, (open = isOpenMonth(month, this.question.toStage, this.catalogue)));
    }
    return open;
  }
}
