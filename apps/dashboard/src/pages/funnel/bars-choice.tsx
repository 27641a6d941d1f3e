import { BAR_CHOICES, type Bars } from '../../charts/stacked-outcomes.js';
import { type Message, say } from '../../i18n/language.js';
import { Segments } from '../../shell/controls.js';
import { change, param } from '../../state/address.js';

const LENGTH: Message = ['Lunghezza delle barre', 'Length of the bars'];

export const chosenBars = (): Bars => (param('bars') === 'shares' ? 'shares' : 'people');

/** Bars as long as there are people, or all the same, which compares shares. */
export function BarsChoice() {
  return (
    <Segments
      label={say(LENGTH)}
      value={chosenBars()}
      choices={BAR_CHOICES.map(({ value, name }) => ({ value, label: say(name) }))}
      onChange={(value) => change({ bars: value === 'shares' ? value : null })}
    />
  );
}
