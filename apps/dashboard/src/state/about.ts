import { position } from '../api/freshness.js';
import { count, dayName } from '../i18n/format.js';
import { type Message, say } from '../i18n/language.js';
import { GROUPS } from '../i18n/words.js';
import { valueName } from './catalogue.js';
import { period } from './period.js';

const PERIOD: Message = ['Dal {from} al {to}', 'From {from} to {to}'];
const KNOWN: Message = ['come era noto il {day}', 'as known on {day}'];
const NOW: Message = ['con tutto ciò che è noto', 'with all that is known'];
const POSITION: Message = ['Percorso, posizione {position}', 'Percorso, position {position}'];

/** What a figure of this page is cut by, for where it is seen without the page. */
export function aboutFigures(): string {
  const { from, to, knownAt, territory } = period.value;
  return [
    say(PERIOD, { from: dayName(from), to: dayName(to) }),
    knownAt === null ? say(NOW) : say(KNOWN, { day: dayName(knownAt.slice(0, 10)) }),
    ...(territory === null ? [] : [`${say(GROUPS.territory)}: ${valueName('territory', territory)}`]),
    ...(position.value === null ? [] : [say(POSITION, { position: count(Number(position.value)) })]),
  ].join(' · ');
}
