import { type FunnelRow, type List } from '../../api/answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { dayName } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { DateField } from '../../shell/controls.js';
import { change } from '../../state/address.js';
import { period } from '../../state/period.js';
import { PageHead } from '../page-head.js';
import { Changes } from './changes.js';
import { ThenAndLater } from './then-and-later.js';
import { earlierDay, laterDay, refusedSince } from './two-dates.js';

const TITLE: Message = ['Una data passata', 'A past date'];
const LEAD: Message = [
  'Ogni dato ha due tempi: quando è avvenuto e quando è stato registrato. Il cursore riporta tutti i grafici a ciò che era noto in un giorno; qui si vede che cosa è cambiato tra due giorni, e perché.',
  'Every fact has two times: when it happened and when it was recorded. The slider takes all charts back to what was known on a day; here you see what changed between two days, and why.',
];
const EARLIER: Message = ['Confronta con ciò che era noto il', 'Compare with what was known on'];
const NOT_BEFORE: Message = [
  'Il {since} non viene prima del {later}, fin dove il cursore fa conoscere i dati: si confronta con il {earlier}.',
  '{since} is not before {later}, up to which the slider makes things known: {earlier} is compared instead.',
];
const PAIR: Message = ['Dal {earlier} al {later}', 'From {earlier} to {later}'];

export default function PastPage() {
  const { from, to, territory } = period.value;
  const [earlier, later] = [earlierDay(), laterDay()];
  const refused = refusedSince();
  const window = { from, to, territory };
  const then = useAnswer<List<FunnelRow>>('/v1/funnel/monthly', { ...window, knownAt: earlier });
  const since = useAnswer<List<FunnelRow>>('/v1/funnel/monthly', { ...window, knownAt: later });
  return (
    <>
      <PageHead title={TITLE} lead={LEAD} />
      <div class="controls page-controls">
        <DateField label={say(EARLIER)} value={earlier} onChange={(day) => change({ since: day })} />
        <p class="pair">{say(PAIR, { earlier: dayName(earlier), later: dayName(later) })}</p>
      </div>
      {refused !== null && (
        <p class="notice notice-warning" role="status">
          {say(NOT_BEFORE, { since: dayName(refused), later: dayName(later), earlier: dayName(earlier) })}
        </p>
      )}
      <ThenAndLater then={then} later={since} />
      <Changes />
    </>
  );
}
