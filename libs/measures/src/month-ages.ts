import { endOfDay, type Instant, lastDayOfMonth, monthOfDay, type Month, romeDay } from '#calendar';
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

  /** How many ages of a cohort had begun by a moment, and how many of them were over with it. */
  observed(cohort: Month, upTo: Instant): { readonly observedAges: number; readonly completeAges: number } {
    const month = monthOfDay(romeDay(upTo));
    const observedAges = this.age(cohort, month) + 1;
    // The last month that was over: one that is cut short on its last day was not.
    const over = endOfDay(lastDayOfMonth(month)) <= upTo ? month : month - 1;
    if (over < cohort) return { observedAges, completeAges: 0 };
    return { observedAges, completeAges: this.age(cohort, over) + Number(this.counts(over + 1)) };
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
