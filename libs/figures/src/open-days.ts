import { type Day } from '#calendar';
import { type Catalogue } from '#catalogue';
import { type FunnelStage } from '#events';

/** Counts the days on which the service of a stage was open, from a table of how many there are before each day. */
export class OpenDays {
  private before: number[] = [0];
  private first: Day | undefined;

  constructor(
    private readonly stage: FunnelStage,
    private readonly catalogue: Pick<Catalogue, 'isSuspended'>,
  ) {}

  /** How many days d with from ≤ d < to were open. */
  between(from: Day, to: Day): number {
    const before = this.upTo(from);
    return this.upTo(to) - before;
  }

  private upTo(day: Day): number {
    if (this.first === undefined || day < this.first) {
      // Some room, so that days that come in falling order do not begin the table anew each time.
      this.first = day - 366;
      this.before = [0];
    }
    for (let next = this.before.length; next <= day - this.first; next++) {
      const isOpen = !this.catalogue.isSuspended(this.stage, this.first + next - 1);
      this.before.push(this.before[next - 1]! + Number(isOpen));
    }
    return this.before[day - this.first]!;
  }
}
