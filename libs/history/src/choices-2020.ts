import { endOfDay, firstDayOfMonth, lastDayOfMonth, startOfDay } from '#calendar';
import { apportion } from './apportion.js';
import { draw, inTimeForPact, pactMoment } from './choosing.js';
import { type Journey } from './journey.js';
import { type Plan } from './plan.js';
import { ensure, need } from './plan.error.js';
import { type Rng } from './rng.js';
import { DAY, HOUR, dayOf, monthOf, wakingMoment, wallClock } from './working-time.js';

/** One SA in one month of the autumn of 2020. */
interface Cell {
  readonly sa: string;
  readonly month: number;
  readonly count: number;
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

function cellsOf(plan: Plan, territory: string, table: 'table7_choices' | 'table9_pacts'): Cell[] {
  const { months, by_provider } = plan.figures[table];
  return months.flatMap((month, index) =>
    plan.sasOf(territory).map(({ code }) => ({
      sa: code,
      month: monthOf(month),
      count: need(by_provider[code]?.[index], `${table} of ${code}`),
    })),
  );
}

/** When a choice is made: from the reopening on and after the meeting, and more often early in the month. */
function choiceMomentIn(rng: Rng, plan: Plan, month: number, attended: number): number {
  const reopened = wallClock(dayOf(plan.figures.table7_choices.open_since), 8 * 60);
  const from = Math.max(startOfDay(firstDayOfMonth(month)), reopened, attended + 2 * HOUR);
  const to = endOfDay(lastDayOfMonth(month)) - 2 * HOUR;
  const share = rng.next();
  return wakingMoment(rng, from, Math.max(from, Math.min(to, from + Math.floor(DAY + share * (to - from)))));
}

/** Who attended too late in a month to choose in it. */
const inTimeToChoose = (journey: Journey, month: number) =>
  journey.attended! < endOfDay(lastDayOfMonth(month)) - 6 * HOUR;

/**
 * The choices of September to December 2020 by SA and month (Table 7). The printed number of returning people is
 * shared out over the cells, twice as thick in September since they had waited longest; the others are participants
 * of 2020 who had attended before.
 */
export function choicesOf2020(
  plan: Plan,
  participants: readonly Journey[],
  returning: readonly Journey[],
): void {
  const rng = plan.rng.part('choices-2020');
  const september = monthOf('2020-09');
  for (const territory of plan.territories) {
    const cells = cellsOf(plan, territory, 'table7_choices');
    const back = rng.shuffled(returning.filter((journey) => journey.territory === territory));
    const backInCell = apportion(
      back.length,
      cells.map(({ month, count }) => count * (month === september ? 2 : 1)),
    );
    const waiting = new Set(participants.filter((journey) => journey.territory === territory));
    cells.forEach((cell, index) => {
      const again = back.splice(0, backInCell[index]);
      chooseInCell(rng, plan, cell, again, waiting);
    });
    ensure(back.length === 0, `a place for everyone who returns in ${territory}`);
  }
}

function chooseInCell(
  rng: Rng,
  plan: Plan,
  cell: Cell,
  again: readonly Journey[],
  waiting: Set<Journey>,
): void {
  ensure(again.length <= cell.count, `room for those who return in ${cell.sa}`);
  const candidates = [...waiting].filter((journey) => inTimeToChoose(journey, cell.month));
  const monthStart = startOfDay(firstDayOfMonth(cell.month));
  // The longer the meeting lies back, the fewer go on.
  const recent = (journey: Journey) => (monthStart - journey.attended! < 100 * DAY ? 3 : 2);
  const first = draw(rng, cell.count - again.length, candidates, recent);
  for (const journey of [...again, ...first]) {
    journey.choose(cell.sa, choiceMomentIn(rng, plan, cell.month, journey.attended!));
    waiting.delete(journey);
  }
}

/** The pacts of September to December 2020 by SA and month (Table 9), each by somebody who chose that SA before. */
export function pactsOf2020(plan: Plan, choosers: readonly Journey[]): void {
  const rng = plan.rng.part('pacts-2020');
  const opened = dayOf(plan.figures.table7_choices.open_since);
  for (const { sa, month, count } of plan.territories.flatMap((code) =>
    cellsOf(plan, code, 'table9_pacts'),
  )) {
    const candidates = choosers.filter(
      ({ choice, pact }) => !pact && choice?.sa === sa && inTimeForPact(choice.time, month),
    );
    for (const journey of draw(rng, count, candidates, () => 1)) {
      journey.sign(pactMoment(rng, month, journey.choice!.time, opened));
    }
  }
  ensure(
    sum(choosers.map(({ pact }) => (pact ? 1 : 0))) === plan.figures.table9_pacts.total,
    'all printed pacts',
  );
}
