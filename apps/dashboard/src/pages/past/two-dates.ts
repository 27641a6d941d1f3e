import { param } from '../../state/address.js';
import { period, today } from '../../state/period.js';

/** The later of the two dates: that of the slider, else today. */
export function laterDay(): string {
  return period.value.knownAt?.slice(0, 10) ?? today();
}

/** The day before another one. */
export function dayBefore(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** The day that was asked for and cannot be the earlier one, as it is not before the later. */
export function refusedSince(): string | null {
  const since = param('since');
  return since !== null && since >= laterDay() ? since : null;
}

/** The earlier one: as asked, else the end of the period, or half a year back; always before the later one. */
export function earlierDay(): string {
  const later = laterDay();
  const candidates = [param('since'), period.value.to, dayBefore(later, 182)];
  return candidates.find((day) => day !== null && day < later) ?? dayBefore(later);
}
