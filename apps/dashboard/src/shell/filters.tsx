import { type Message, say } from '../i18n/language.js';
import { GROUPS } from '../i18n/words.js';
import { change } from '../state/address.js';
import { catalogue } from '../state/catalogue.js';
import { period, wholeYear, yearChoices, yearWindow } from '../state/period.js';
import { DateField, Select } from './controls.js';
import { KnownAtSlider } from './known-at-slider.js';

const WHAT: Message = ['Periodo e data di conoscenza', 'Period and date of knowledge'];
const YEAR: Message = ['Anno', 'Year'];
const OTHER_DAYS: Message = ['Altre date', 'Other dates'];
const FROM: Message = ['Dal', 'From'];
const TO: Message = ['Al', 'To'];
const EVERYWHERE: Message = ['Tutti', 'All'];

/** What all figures of the page are cut by. */
export function Filters({ byTerritory }: { readonly byTerritory: boolean }) {
  const { from, to, territory } = period.value;
  const year = wholeYear({ from, to });
  const years = yearChoices(year);
  const choices = year === undefined ? [{ value: '', label: say(OTHER_DAYS) }, ...years] : years;
  const territories = (catalogue.value?.territories ?? []).map(({ code, name }) => ({
    value: code,
    label: name,
  }));
  return (
    <section class="filters" aria-label={say(WHAT)}>
      <div class={`container filters-row ${byTerritory ? '' : 'filters-everywhere'}`}>
        <Select
          label={say(YEAR)}
          value={year === undefined ? '' : String(year)}
          choices={choices}
          onChange={(value) => value !== '' && change(yearWindow(Number(value)))}
        />
        <DateField
          label={say(FROM)}
          value={from}
          onChange={(day) => change(day > to ? { from: day, to: day } : { from: day })}
        />
        <DateField
          label={say(TO)}
          value={to}
          onChange={(day) => change(day < from ? { from: day, to: day } : { to: day })}
        />
        {byTerritory && (
          <Select
            label={say(GROUPS.territory)}
            value={territory ?? ''}
            choices={[{ value: '', label: say(EVERYWHERE) }, ...territories]}
            onChange={(value) => change({ territory: value === '' ? null : value })}
          />
        )}
        <KnownAtSlider />
      </div>
    </section>
  );
}
