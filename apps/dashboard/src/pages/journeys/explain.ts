import { FUNNEL_STAGES, type FunnelStage } from '../../api/answers.js';
import { type Entry, type EntryOutcome, type Outcome } from '../../api/people-answers.js';
import { dayCount, dayName, instantName } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { STEPS } from '../../i18n/words.js';
import { factName } from './fact-details.js';

const STEP: Message = [
  'Dal passo «{from}» del {day} al passo «{to}»: ',
  'From “{from}” on {day} to “{to}”: ',
];
const OUTCOMES: Readonly<Record<Outcome, Message>> = {
  converted: ['passato dopo {days}{net}.', 'converted after {days}{net}.'],
  abandoned: [
    'perso dopo {days}, perché l’ultimo fatto noto è un abbandono.',
    'lost after {days}, because the last known fact is that they abandoned.',
  ],
  notAdmissible: [
    'perso dopo {days}, perché l’ultimo fatto noto è la non ammissibilità.',
    'lost after {days}, because the last known fact is that they were found not admissible.',
  ],
  pending: [
    'in sospeso. Non è passato fino al {end}, e l’ultimo fatto noto ({fact}, {time}) non dice che sia perso.',
    'pending. Not converted by {end}, and the last known fact ({fact}, {time}) does not say that they are lost.',
  ],
};
const NET: Message = [' ({days} senza le sospensioni)', ' ({days} net of suspensions)'];

const isFunnelStage = (stage: string): stage is FunnelStage => FUNNEL_STAGES.includes(stage as FunnelStage);

/** What became of each entry of a funnel stage towards the next one, in words. */
export function explainOutcomes(entries: readonly Entry[]): string[] {
  return entries.flatMap(({ stage, day, outcomes }) => {
    if (!isFunnelStage(stage)) return [];
    const next = FUNNEL_STAGES[FUNNEL_STAGES.indexOf(stage) + 1];
    const outcome = next && outcomes?.[next];
    return outcome
      ? [say(STEP, { from: say(STEPS[stage]), to: say(STEPS[next]), day: dayName(day) }) + told(outcome)]
      : [];
  });
}

function told({ outcome, days, netDays, leftOpenBy, followedTo }: EntryOutcome): string {
  const net = netDays === null || netDays === days ? '' : say(NET, { days: dayCount(netDays) });
  return say(OUTCOMES[outcome], {
    days: dayCount(days ?? 0),
    net,
    end: followedTo ? dayName(followedTo) : '',
    fact: leftOpenBy ? factName(leftOpenBy) : '',
    time: leftOpenBy ? instantName(leftOpenBy.time) : '',
  });
}
