import { CohortRecords } from './cohort-records.js';
import { fit } from './fit.js';
import { nowcast } from './nowcast.js';
import { OpenDays } from './open-days.js';
import { CONVERTED, LOST, type NowcastSample, PENDING, WHOLE } from './sample.js';

/** A member: day of entry and, where it is on record, what became of it, when, and when that was recorded. */
type Member = readonly [entry: number, outcome?: number, day?: number, recorded?: number];

function sampleOf(
  today: number,
  members: readonly Member[],
  closed?: { from: number; to: number },
): NowcastSample {
  const column = (index: 2 | 3) => Int32Array.from(members, (member) => member[index] ?? 0);
  const entry = Int32Array.from(members, ([day]) => day);
  return {
    observedTo: today,
    recordedTo: today,
    entry,
    outcome: Uint8Array.from(members, (member) => member[1] ?? PENDING),
    day: column(2),
    recorded: column(3),
    cohort: entry.map((day) => Math.floor(day / 30)),
    clock: new OpenDays(0, today, closed ? [closed] : []),
  };
}

const times = (count: number, ...member: Member): Member[] => Array.from({ length: count }, () => member);
const pendingOn = (entry: number, members: number) => [new Map([[entry, members]])];

/** In each of four months 40 enter, half of them convert at once; of these half are recorded at once, half a day later. */
const halfAtOnce = [0, 30, 60, 90].flatMap((day) => [
  ...times(10, day, CONVERTED, day, day),
  ...times(10, day, CONVERTED, day, day + 1),
  ...times(20, day),
]);

describe('the nowcast', () => {
  it('finds the conversions of today that are recorded tomorrow only', () => {
    // Of 40 who enter today 20 convert, 10 of them are on record. Of the 30 others one in three has: 0.25/0.75.
    const sample = sampleOf(200, [...halfAtOnce, ...times(10, 200, CONVERTED, 200, 200), ...times(30, 200)]);
    const { nowcasts, basis } = nowcast(sample, pendingOn(200, 30));
    expect(nowcasts[0]!.pending).toBe(30);
    expect(nowcasts[0]!.alreadyConverted.expected).toBeCloseTo(10, 3);
    // The limits of a binomial of 30 with 1/3; the months agree, so there is nothing else in it.
    expect(nowcasts[0]!.alreadyConverted).toMatchObject({
      low95: 5,
      low80: 7,
      high80: 13,
      high95: 15,
      reason: null,
    });
    expect(nowcasts[0]!.eventuallyConverted.expected).toBeCloseTo(10, 3);
    expect(nowcasts[0]!.alreadyLost.reason).toBe('too_few_losses');
    expect(basis).toMatchObject({ members: 200, converted: 90, lost: 0, cohorts: 5 });
    expect(basis.dispersion!.converted.betweenCohorts).toBe(0);
  });

  it('expects of those who wait what those became who had waited as long', () => {
    // Of 100 a quarter converts after 10 days, a quarter after 50, a quarter is lost after 20, a quarter stays.
    const months = [0, 30, 60, 90, 120].flatMap((day) => [
      ...times(25, day, CONVERTED, day + 10, day + 10),
      ...times(25, day, LOST, day + 20, day + 20),
      ...times(25, day, CONVERTED, day + 50, day + 50),
      ...times(25, day),
    ]);
    const sample = sampleOf(400, [...months, ...times(60, 385), ...times(60, 370)]);
    const { nowcasts, basis } = nowcast(sample, [
      new Map([[385, 60]]),
      new Map([[370, 60]]),
      new Map([[0, 25]]),
    ]);
    expect(basis.horizonDays).toBe(401);
    // On day 20 125 of 435 were lost, those who entered on day 370 among them; on day 50 125 of 250 converted.
    expect(nowcasts[0]!.eventuallyConverted.expected).toBeCloseTo((60 * (1 - 125 / 435)) / 2, 9);
    expect(nowcasts[1]!.eventuallyConverted.expected).toBeCloseTo(30, 9);
    expect(nowcasts[0]!.alreadyConverted).toMatchObject({ expected: 0, high95: 0 });
    // Nobody was watched for longer than the first ones.
    expect(nowcasts[2]).toMatchObject({ pending: 25, beyondHorizon: 25 });
    expect(nowcasts[2]!.alreadyLost).toMatchObject({ expected: 0, high95: 0 });
    expect(nowcasts[2]!.eventuallyConverted).toMatchObject({ expected: null, reason: 'beyond_horizon' });
  });

  it('lets the clock to conversion stand still while nobody can convert', () => {
    const closed = { from: 205, to: 280 };
    const months = [0, 30, 60, 90].flatMap((day) => [
      ...times(50, day, CONVERTED, day + 20, day + 20),
      ...times(50, day),
    ]);
    const waiting = times(40, 200);
    const open = nowcast(sampleOf(290, [...months, ...waiting]), pendingOn(200, 40)).nowcasts[0]!;
    const net = nowcast(sampleOf(290, [...months, ...waiting], closed), pendingOn(200, 40)).nowcasts[0]!;
    // By the calendar they are past the day on which the others went on; by open days it lies before them.
    expect(open.eventuallyConverted.expected).toBeCloseTo(0, 9);
    expect(net.eventuallyConverted.expected).toBeCloseTo(20, 9);
  });

  it('gives no number where too little is known', () => {
    const few = nowcast(
      sampleOf(200, [...times(19, 0, CONVERTED, 1, 1), ...times(30, 190)]),
      pendingOn(190, 30),
    );
    expect(few.nowcasts[0]!.alreadyConverted).toEqual({
      expected: null,
      low80: null,
      high80: null,
      low95: null,
      high95: null,
      reason: 'too_few_conversions',
    });
    expect(few.nowcasts[0]!.eventuallyConverted.reason).toBe('too_few_conversions');
    expect(few.basis.horizonDays).toBeNull();
    // Every day as many convert as on the day before, up to the last that anybody could: who knows what comes then.
    const steady = Array.from({ length: 120 }, (_, day): Member[] => [
      ...times(2, day, ...([CONVERTED, 120, 120] as const)),
      ...times(6, day),
    ]).flat();
    const young = nowcast(sampleOf(120, steady), pendingOn(100, 6));
    expect(young.nowcasts[0]!.eventuallyConverted.reason).toBe('no_mature_cohort');
    expect(young.nowcasts[0]!.alreadyConverted.reason).toBeNull();
  });

  it('does not take the end of what was watched for the end while those who are left still convert', () => {
    // Of 100 in each of six months 90 convert at once; of the ten others nine on day 300. Most conversions are early,
    // but hardly anybody who waits is left at the end.
    const months = [0, 20, 40, 60, 80, 100].flatMap((day) => [
      ...times(90, day, CONVERTED, day, day),
      ...times(9, day, CONVERTED, day + 300, day + 300),
      ...times(1, day),
    ]);
    const { nowcasts, basis } = nowcast(sampleOf(450, [...months, ...times(30, 440)]), pendingOn(440, 30));
    expect(nowcasts[0]!.eventuallyConverted.reason).toBe('no_mature_cohort');
    expect(basis.horizonDays).toBeNull();
  });

  it('leaves room, where nobody was ever seen to convert, for three in as many as were watched', () => {
    // Of 100 a month half convert at once. The others are watched for 300 days, and none of them goes on.
    const months = [0, 30, 60, 90].flatMap((day) => [
      ...times(50, day, CONVERTED, day, day),
      ...times(50, day),
    ]);
    const sample = sampleOf(390, [...months, ...times(200, 370), ...times(1000, 371)]);
    const { nowcasts } = nowcast(sample, [
      new Map([[370, 200]]),
      new Map([[371, 1000]]),
      new Map([[372, 0]]),
    ]);
    // As many wait as were watched, 200: half an event, P(0) = 0.707 of a negative binomial of shape 1/2, P(> 3) < 2.5 %.
    const { eventuallyConverted } = nowcasts[0]!;
    expect(eventuallyConverted).toMatchObject({ expected: 0, low95: 0, low80: 0, reason: null });
    expect(eventuallyConverted.high95).toBeGreaterThanOrEqual(3);
    expect(eventuallyConverted.high95).toBeLessThanOrEqual(5);
    // Five times as many: five times as far.
    expect(nowcasts[1]!.eventuallyConverted.high95! / eventuallyConverted.high95!).toBeGreaterThan(3);
    // Nobody waits: nothing is open.
    expect(nowcasts[2]!.eventuallyConverted).toMatchObject({ expected: 0, high95: 0 });
  });

  it('says zero where nobody is pending, whatever is known', () => {
    const { nowcasts } = nowcast(sampleOf(10, []), [new Map()]);
    expect(nowcasts[0]).toMatchObject({
      pending: 0,
      alreadyConverted: { expected: 0, high95: 0, reason: null },
      alreadyLost: { expected: 0, reason: null },
      eventuallyConverted: { expected: 0, reason: null },
    });
  });

  it('widens its limits when cohorts differ', () => {
    const months = (shares: readonly number[]) =>
      shares.flatMap((share, month) => [
        ...times(share, 30 * month, CONVERTED, 30 * month + 5, 30 * month + 5),
        ...times(40 - share, 30 * month),
      ]);
    const limits = (shares: readonly number[]) => {
      const sample = sampleOf(600, [...months(shares), ...times(40, 599)]);
      return nowcast(sample, pendingOn(599, 40)).nowcasts[0]!.eventuallyConverted;
    };
    const alike = limits([20, 20, 20, 20, 20, 20, 20, 20]);
    const unlike = limits([8, 32, 8, 32, 8, 32, 8, 32]);
    expect(unlike.expected).toBeCloseTo(alike.expected!, 6);
    expect(unlike.high95! - unlike.low95!).toBeGreaterThan(1.5 * (alike.high95! - alike.low95!));
  });
});

describe('the fit', () => {
  it('is the Aalen–Johansen incidence when everything is on record', () => {
    // Conversions after 2 and 4 days, a loss after 2: the figures of a dozen people by hand.
    const sample = sampleOf(6, [
      ...times(3, 0, CONVERTED, 2, 2),
      ...times(2, 0, LOST, 2, 2),
      ...times(2, 0, CONVERTED, 4, 4),
      ...times(13, 0),
    ]);
    const { converting, losing, notConverted, notLost } = fit(new CohortRecords(sample), WHOLE).incidence;
    expect(converting[2]).toBeCloseTo(3 / 20, 12);
    // Losses of a day come after its conversions: of the 17 who are left.
    expect(losing[2]).toBeCloseTo(2 / 17, 12);
    expect(converting[4]).toBeCloseTo(2 / 15, 12);
    expect(notConverted[5]! * notLost[5]!).toBeCloseTo(13 / 20, 12);
  });
});
