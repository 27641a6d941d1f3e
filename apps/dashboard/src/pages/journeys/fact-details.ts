import { type Fact } from '../../api/people-answers.js';
import { CODES, FACT_TYPES, shortType } from '../../i18n/fact-words.js';
import { instantName } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { valueName } from '../../state/catalogue.js';

const SCHEDULED: Message = ['incontro del {when}', 'meeting of {when}'];

/** What a fact is called. */
export function factName({ type }: Pick<Fact, 'type'>): string {
  const message = FACT_TYPES[shortType(type)];
  return message ? say(message) : type;
}

/** What a fact holds that is worth telling: where, with whom, why. */
export function factDetails({ data }: Pick<Fact, 'data'>): string {
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : undefined);
  const [territory, venue, sa, reason, scheduled] = [
    'territory',
    'venue',
    'sa',
    'reason',
    'scheduledFor',
  ].map(text);
  const parts = [
    territory && valueName('territory', territory),
    venue && valueName('venue', venue),
    sa && valueName('sa', sa),
    reason && say(CODES[reason] ?? [reason, reason]),
    scheduled && say(SCHEDULED, { when: instantName(scheduled) }),
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}
