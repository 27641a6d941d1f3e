import { isoDay, romeDay } from '#calendar';
import { type Journey, type Profile } from './journey.js';
import { type Plan } from './plan.js';
import { ensure, need } from './plan.error.js';
import { type Rng } from './rng.js';

type Key = 'gender' | 'education' | 'employment';
/** How many people have each value. */
type Numbers = ReadonlyMap<string, number>;

/** The whole number of people that comes nearest to a percentage; it prints as that percentage again. */
function peopleFor(pct: number, total: number): number {
  const count = Math.floor((pct * total + 50) / 100);
  ensure(Math.floor((200 * count + total) / (2 * total)) === pct, `${pct} % of ${total} people`);
  return count;
}

/** The values of a group: those named, and one that takes the rest. */
function filled(total: number, rest: string, named: readonly (readonly [string, number])[]): Numbers {
  const used = named.reduce((sum, [, count]) => sum + count, 0);
  return new Map([...named, [rest, total - used]]);
}

/** Numbers of people by value which print as the percentages of the report; what it does not print is made up. */
function numbersFor(pct: Record<string, number>, total: number): Record<Key, Numbers> {
  const printed = (name: string) => need(pct[name], `the share ${name}`);
  const graduates = peopleFor(printed('degree_at_least'), total);
  const masters = peopleFor(printed('of_graduates_with_second_level'), graduates);
  return {
    gender: filled(total, 'M', [
      ['F', peopleFor(printed('women'), total)],
      ['X', Math.floor(total / 500)],
    ]),
    education: filled(total, 'lower', [
      ['master', masters],
      ['bachelor', graduates - masters],
      ['diploma', peopleFor(printed('diploma'), total)],
      ['none', Math.floor(total / 100)],
    ]),
    employment: filled(total, 'other', [
      ['not_employed', peopleFor(printed('not_working'), total)],
      ['employed', peopleFor(printed('employed'), total)],
      ['student', Math.floor((6 * total) / 100)],
    ]),
  };
}

const bag = (numbers: Numbers) => [...numbers].flatMap(([value, count]) => Array<string>(count).fill(value));

/** What is left of the numbers when the given values are taken out. */
function without(numbers: Numbers, values: readonly string[]): Numbers {
  const left = new Map(numbers);
  for (const value of values) {
    const count = left.get(value) ?? 0;
    ensure(count > 0, `more ${value} to share out`);
    left.set(value, count - 1);
  }
  return left;
}

/**
 * Gives everybody a profile. The signers of 2020 and the registered of 2020 overlap, and the shares of both are
 * printed: the signers' values are dealt out first, and the registered who did not sign share what is left.
 */
export function giveProfiles(plan: Plan, journeys: readonly Journey[]): void {
  const rng = plan.rng.part('profiles');
  const { registered, signed_pact_vs_registered_points: points } = plan.figures.profile_pct;
  const signers = journeys.filter(({ pact }) => pact && isoDay(romeDay(pact.time)).startsWith('2020'));
  const news = journeys.filter((journey) => isoDay(romeDay(journey.registered)).startsWith('2020'));
  const signed = new Set(signers);
  const known = new Set([...signers, ...news]);
  const others = journeys.filter((journey) => !known.has(journey));
  const all = numbersFor(registered, news.length);
  const ofSigners = numbersFor(signerPct(registered, points), signers.length);
  for (const journey of journeys) journey.profile = blank(rng, journey);
  for (const key of ['gender', 'education', 'employment'] as const) {
    give(rng, key, signers, bag(ofSigners[key]));
    const taken = news.filter((journey) => signed.has(journey)).map(({ profile }) => profile![key]);
    give(
      rng,
      key,
      news.filter((journey) => !signed.has(journey)),
      bag(without(all[key], taken)),
    );
    const like = bag(all[key]);
    give(
      rng,
      key,
      others,
      others.map(() => rng.pick(like)),
    );
  }
}

function signerPct(registered: Readonly<Record<string, number>>, points: Readonly<Record<string, number>>) {
  const plus = (share: string, point: string) => registered[share]! + points[point]!;
  return {
    ...registered,
    women: plus('women', 'women'),
    degree_at_least: plus('degree_at_least', 'graduates'),
    not_working: plus('not_working', 'unemployed'),
    // More of the signers were out of work, so fewer of them were employed; by how much is not printed.
    employed: registered['employed']! - points['unemployed']!,
  };
}

function give(rng: Rng, key: Key, journeys: readonly Journey[], values: readonly string[]): void {
  ensure(journeys.length === values.length, `a ${key} for everyone`);
  rng.shuffled(values).forEach((value, index) => (journeys[index]!.profile![key] = value));
}

function blank(rng: Rng, journey: Journey): Profile {
  const year = Number(isoDay(romeDay(journey.registered)).slice(0, 4));
  // Two draws make the ages around 40 the likeliest.
  const age = 19 + rng.between(0, 21) + rng.between(0, 21);
  return { gender: '', birthYear: year - age, education: '', employment: '' };
}
