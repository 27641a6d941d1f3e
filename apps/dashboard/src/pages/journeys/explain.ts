import { FUNNEL_STAGES, type FunnelStage } from '../../api/answers.js';
import { type Entry, type Journey } from '../../api/people-answers.js';
import { dayCount, dayName } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { STEPS } from '../../i18n/words.js';

const CONVERTED: Message = [
  'Dal passo «{from}» del {day} al passo «{to}»: passato dopo {days}.',
  'From “{from}” on {day} to “{to}”: converted after {days}.',
];
const LOST: Message = [
  'Dal passo «{from}» del {day} al passo «{to}»: perso, perché l’ultimo fatto noto è {status}.',
  'From “{from}” on {day} to “{to}”: lost, because the last known fact is {status}.',
];
const PENDING: Message = [
  'Dal passo «{from}» del {day} al passo «{to}»: in attesa. Non è passato, e nulla dice che sia perso.',
  'From “{from}” on {day} to “{to}”: pending. Not converted, and nothing says that they are lost.',
];
const STATUSES: Readonly<Record<'abandoned' | 'notAdmissible', Message>> = {
  abandoned: ['un abbandono', 'that they abandoned'],
  notAdmissible: ['la non ammissibilità', 'that they were found not admissible'],
};

const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
const isFunnelStage = (stage: string): stage is FunnelStage => FUNNEL_STAGES.includes(stage as FunnelStage);

/** What became of each entry of a funnel stage towards the next one, in words. */
export function explainOutcomes({ entries, status }: Pick<Journey, 'entries' | 'status'>): string[] {
  return entries.flatMap((entry) => {
    if (!isFunnelStage(entry.stage)) return [];
    const next = FUNNEL_STAGES[FUNNEL_STAGES.indexOf(entry.stage) + 1];
    return next === undefined ? [] : [explain(entry, next, entries, status)];
  });
}

function explain(
  entry: Entry,
  next: FunnelStage,
  entries: readonly Entry[],
  status: Journey['status'],
): string {
  const reached = entries.find(({ stage, time }) => stage === next && time >= entry.time);
  const values = {
    from: say(STEPS[entry.stage as FunnelStage]),
    to: say(STEPS[next]),
    day: dayName(entry.day),
  };
  if (reached) return say(CONVERTED, { ...values, days: dayCount(daysBetween(entry.day, reached.day)) });
  if (status === 'abandoned' || status === 'notAdmissible') {
    return say(LOST, { ...values, status: say(STATUSES[status]) });
  }
  return say(PENDING, values);
}
