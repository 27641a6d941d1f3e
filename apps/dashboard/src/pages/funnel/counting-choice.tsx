import { type Message, say } from '../../i18n/language.js';
import { Segments } from '../../shell/controls.js';
import { change, param } from '../../state/address.js';

const VIEW: Message = ['Conteggio', 'Counting'];
const MONTHLY: Message = ['Nel mese', 'In the month'];
const CUMULATIVE: Message = ['Dall’inizio del periodo', 'Since the period began'];

export const isCumulative = (): boolean => param('view') === 'cumulative';

/** Whether months count by themselves or add up; one choice for all charts of the page that show months. */
export function CountingChoice() {
  return (
    <Segments
      label={say(VIEW)}
      value={isCumulative() ? 'cumulative' : 'monthly'}
      choices={[
        { value: 'monthly', label: say(MONTHLY) },
        { value: 'cumulative', label: say(CUMULATIVE) },
      ]}
      onChange={(value) => change({ view: value === 'cumulative' ? value : null })}
    />
  );
}
