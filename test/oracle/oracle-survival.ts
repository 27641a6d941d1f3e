/** The curves, each point computed anew from the single members by the formula as it is written. */

export interface Followed {
  readonly days: number;
  readonly kind: 'event' | 'loss' | 'censored';
}

export interface OraclePoint {
  readonly day: number;
  readonly atRisk: number;
  readonly converted: number;
  readonly lost: number;
  readonly censored: number;
  readonly survival: number;
  readonly survivalLow: number | null;
  readonly survivalHigh: number | null;
  readonly cifConverted: number;
  readonly seConverted: number;
  readonly cifLost: number;
  readonly seLost: number;
}

const sum = <T>(items: readonly T[], value: (item: T) => number) =>
  items.reduce((total, item) => total + value(item), 0);
const product = <T>(items: readonly T[], value: (item: T) => number) =>
  items.reduce((total, item) => total * value(item), 1);

function dayCounts(members: readonly Followed[]) {
  return [...new Set(members.map(({ days }) => days))]
    .sort((a, b) => a - b)
    .map((day) => {
      const on = (kind: string) => members.filter((one) => one.days === day && one.kind === kind).length;
      return {
        day,
        atRisk: members.filter((one) => one.days >= day).length,
        converted: on('event'),
        lost: on('loss'),
        censored: on('censored'),
      };
    });
}

type DayCount = ReturnType<typeof dayCounts>[number];

export function oracleCurve(members: readonly Followed[]): OraclePoint[] {
  const days = dayCounts(members);
  return days.map((count, at) => {
    const past = days.slice(0, at + 1);
    const survival = product(past, ({ converted, atRisk }) => 1 - converted / atRisk);
    const converting = incidence(days, at, 'converted');
    const losing = incidence(days, at, 'lost');
    return {
      ...count,
      survival,
      ...interval(past, survival),
      cifConverted: converting.share,
      seConverted: converting.error,
      cifLost: losing.share,
      seLost: losing.error,
    };
  });
}

function interval(past: readonly DayCount[], survival: number) {
  if (past.every(({ converted }) => converted === 0)) return { survivalLow: 1, survivalHigh: 1 };
  if (past.some(({ converted, atRisk }) => converted === atRisk))
    return { survivalLow: null, survivalHigh: null };
  const variance = sum(past, ({ converted: d, atRisk: n }) => d / (n * (n - d)));
  const width = (1.959963984540054 * Math.sqrt(variance)) / Math.log(survival);
  return { survivalLow: survival ** Math.exp(-width), survivalHigh: survival ** Math.exp(width) };
}

function incidence(days: readonly DayCount[], at: number, cause: 'converted' | 'lost') {
  const all = (day: DayCount) => day.converted + day.lost;
  const freeBefore = (i: number) => product(days.slice(0, i), (day) => 1 - all(day) / day.atRisk);
  const share = (upTo: number) =>
    sum(days.slice(0, upTo + 1), (day) => (freeBefore(days.indexOf(day)) * day[cause]) / day.atRisk);
  const now = share(at);
  const variance = sum(days.slice(0, at + 1), (day) => {
    const i = days.indexOf(day);
    const n = day.atRisk;
    const d = all(day);
    const own = day[cause];
    const distance = now - share(i);
    const first = n === d ? 0 : (distance ** 2 * d) / (n * (n - d));
    return (
      first + (freeBefore(i) ** 2 * own * (n - own)) / n ** 3 - (2 * distance * freeBefore(i) * own) / n ** 2
    );
  });
  return { share: now, error: Math.sqrt(Math.max(0, variance)) };
}

/** The first day on which a curve is past one half. */
export function oracleHalf(curve: readonly OraclePoint[], name: 'cifConverted' | 'survival'): number | null {
  const past = curve.filter((point) =>
    name === 'survival' ? point.survival <= 0.5 + 1e-12 : point.cifConverted >= 0.5 - 1e-12,
  );
  return past[0]?.day ?? null;
}

/** R type 7. */
export function oracleQuantile(sorted: readonly number[], p: number): number {
  const place = (sorted.length - 1) * p;
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (high - low) * (place - Math.floor(place));
}

/** The area under the survival curve, day by day. */
export function oracleRestrictedMean(members: readonly Followed[]) {
  if (members.length === 0) {
    return { restrictedMeanDays: null, restrictedMeanError: null, restrictedMeanHorizon: null };
  }
  const curve = oracleCurve(members);
  const horizon = Math.min(365, curve.at(-1)!.day);
  const height = (day: number) => curve.filter((point) => point.day <= day).at(-1)?.survival ?? 1;
  const area = (from: number) =>
    sum(
      Array.from({ length: Math.max(0, horizon - from) }, (_, i) => from + i),
      height,
    );
  const variance = sum(
    curve.filter(({ day, converted, atRisk }) => day < horizon && converted < atRisk),
    ({ day, converted: d, atRisk: n }) => (area(day) ** 2 * d) / (n * (n - d)),
  );
  return {
    restrictedMeanDays: area(0),
    restrictedMeanError: Math.sqrt(variance),
    restrictedMeanHorizon: horizon,
  };
}
