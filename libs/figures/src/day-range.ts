import { type Day } from '#calendar';
import { type CountedDays } from '#measures';

/** The first and the last of the days that were added. */
export class DayRange implements CountedDays {
  firstDay: Day | undefined;
  lastDay: Day | undefined;

  add(day: Day): void {
    if (this.firstDay === undefined || day < this.firstDay) this.firstDay = day;
    if (this.lastDay === undefined || day > this.lastDay) this.lastDay = day;
  }
}
