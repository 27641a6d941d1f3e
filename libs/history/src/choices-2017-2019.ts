import { type Month, firstDayOfMonth, startOfDay } from '#calendar';
import { apportion, apportionOverTime } from './apportion.js';
import { choiceMoment, draw, lastPactDay, likelySa, pactMoment } from './choosing.js';
import { PACTS_2017_2018, PACTS_BY_MONTH_2019 } from './earlier-numbers.js';
import { type Journey } from './journey.js';
import { type Plan } from './plan.js';
import { need } from './plan.error.js';
import { type Rng } from './rng.js';
import { participationWeights } from './weights.js';
import { DAY, dayOf, monthOf, wallClock } from './working-time.js';

/** The last moment of a choice before the closure that began with 2020. */
const LAST_CHOICE = wallClock(dayOf('2019-12-31'), 20 * 60);
/** Chose in 2017 to 2019, did not sign, and did not choose again in 2020. */
const OTHERS_WITHOUT_PACT = 130;

/** Pacts of 2017 to 2019 by territory and month: Table 10 for the autumn of 2019, the total of Table 11 for its year. */
function pactNumbers(plan: Plan): Map<string, Map<Month, number>> {
  const { table10_pacts_by_year: autumn, table11_attended_to_pact: year } = plan.figures;
  const weights = participationWeights(plan);
  const inAutumn = Object.values(autumn['2019'])
    .flat()
    .reduce((a, b) => a + b, 0);
  const early = apportion(year['2019'].signed - inAutumn, weights);
  const before = apportion(
    [...PACTS_2017_2018.values()].reduce((a, b) => a + b, 0),
    weights,
  );
  return new Map(
    plan.territories.map((code, index) => {
      const printed = need(autumn['2019'][code], `pacts of ${code} in 2019`);
      return [
        code,
        new Map([
          ...shares(before[index]!, PACTS_2017_2018),
          ...shares(early[index]!, PACTS_BY_MONTH_2019),
          ...autumn.months.map((month, at) => [monthOf(`2019-${month}`), printed[at]!] as const),
        ]),
      ];
    }),
  );
}

function shares(total: number, weights: ReadonlyMap<Month, number>): [Month, number][] {
  const numbers = apportionOverTime(total, [...weights.values()]);
  return [...weights.keys()].map((month, index) => [month, numbers[index]!]);
}

/** The latest attendance that leaves time to choose and to sign in the month. */
const latestAttendance = (month: Month) => startOfDay(lastPactDay(month)) - 4 * DAY;

function signInMonth(rng: Rng, plan: Plan, waiting: Set<Journey>, month: Month, count: number): void {
  const monthStart = startOfDay(firstDayOfMonth(month));
  const candidates = [...waiting].filter(({ attended }) => attended! < latestAttendance(month));
  const recent = (journey: Journey) => (monthStart - journey.attended! < 75 * DAY ? 12 : 1);
  for (const journey of draw(rng, count, candidates, recent)) {
    const pact = pactMoment(rng, month, journey.attended! + 2 * DAY);
    journey.choose(likelySa(rng, plan, journey.territory), choiceMoment(rng, journey.attended!, pact - DAY));
    journey.sign(pact);
    waiting.delete(journey);
  }
}

/** Who chose an SA in 2017 to 2019: those who signed, those who will choose again in 2020, and the others. */
export interface EarlierChoices {
  readonly returning: Journey[];
  readonly unsigned: Journey[];
  readonly never: Journey[];
}

/** How many of each territory choose again in 2020: the printed 187, in proportion to all choices of 2020. */
export function returningByTerritory(plan: Plan): Map<string, number> {
  const { table7_choices: choices, table8_abandonment_or_hysteresis: table8 } = plan.figures;
  const numbers = apportion(
    choices.of_which_returning_from_2017_2019,
    plan.territories.map((code) => need(table8[code], `choices of ${code}`).chose),
  );
  return new Map(plan.territories.map((code, index) => [code, numbers[index]!]));
}

/** Choices and pacts of 2017 to 2019. */
export function choicesOf2017To2019(plan: Plan, participants: readonly Journey[]): EarlierChoices {
  const rng = plan.rng.part('choices-2017-2019');
  const result: EarlierChoices = { returning: [], unsigned: [], never: [] };
  const returning = returningByTerritory(plan);
  const others = apportion(OTHERS_WITHOUT_PACT, participationWeights(plan));
  const pacts = pactNumbers(plan);
  plan.territories.forEach((territory, index) => {
    const waiting = new Set(participants.filter((journey) => journey.territory === territory));
    const months = [...pacts.get(territory)!].sort(([a], [b]) => a - b);
    for (const [month, count] of months) signInMonth(rng, plan, waiting, month, count);
    const again = returning.get(territory)!;
    // Late in the cycle there was less time left to sign, so more of these choices stayed without a pact.
    const late = (journey: Journey) => (journey.attended! > startOfDay(dayOf('2019-06-01')) ? 4 : 1);
    const chosen = draw(rng, again + others[index]!, [...waiting], late);
    for (const journey of chosen) {
      journey.choose(likelySa(rng, plan, territory), choiceMoment(rng, journey.attended!, LAST_CHOICE));
      waiting.delete(journey);
    }
    result.returning.push(...chosen.slice(0, again));
    result.unsigned.push(...chosen.slice(again));
    result.never.push(...waiting);
  });
  return result;
}
