import { useId } from 'preact/hooks';
import { type GroupKey } from '../../api/answers.js';
import { type Parameters } from '../../api/client.js';
import { type Message, say } from '../../i18n/language.js';
import { EDUCATION, EMPLOYMENT, GENDERS, GROUPS, MODES } from '../../i18n/words.js';
import { type Choice, Select } from '../../shell/controls.js';
import { type Changes, param } from '../../state/address.js';
import { catalogue, valueName } from '../../state/catalogue.js';

const MORE: Message = ['Altri filtri', 'More filters'];
const ANY: Message = ['Tutti', 'Any'];
const RETURNING: Message = ['Ritorni', 'Returning'];
const ONLY_RETURNING: Message = ['Solo chi ritorna', 'Only who returns'];
const MIN_DAYS: Message = ['Giorni, almeno', 'Days, at least'];
const MAX_DAYS: Message = ['Giorni, al più', 'Days, at most'];

type FilterKey = Exclude<GroupKey, 'territory'>;

/** What a status is kept by; the others belong to an entry of a stage. */
const OF_PEOPLE: readonly FilterKey[] = ['gender', 'education', 'employment'];
const OF_ENTRIES: readonly FilterKey[] = ['venue', 'mode', 'sa', ...OF_PEOPLE];

const wordChoices = (words: Readonly<Record<string, Message>>): Choice[] =>
  Object.entries(words).map(([value, name]) => ({ value, label: say(name) }));

const namedChoices = (list: 'venues' | 'sas'): Choice[] =>
  (catalogue.value?.[list] ?? []).map(({ code, name }) => ({ value: code, label: name }));

function choicesOf(key: FilterKey): Choice[] {
  if (key === 'venue') return namedChoices('venues');
  if (key === 'sa') return namedChoices('sas');
  return wordChoices({ mode: MODES, gender: GENDERS, education: EDUCATION, employment: EMPLOYMENT }[key]);
}

/** The choices, and what a link has chosen beside them: those without a value, or several together. */
function withChosen(key: FilterKey): Choice[] {
  const [choices, chosen] = [choicesOf(key), param(key)];
  if (chosen === null || choices.some(({ value }) => value === chosen)) return choices;
  const label = chosen.split(',').map((code) => valueName(key, code));
  return [...choices, { value: chosen, label: label.join(', ') }];
}

interface Scope {
  /** People by their status, not by an entry of a stage. */
  readonly byStatus: boolean;
  /** Whether those who converted are asked for, who alone have a delay. */
  readonly delays: boolean;
}

const keysOf = ({ byStatus }: Scope) => (byStatus ? OF_PEOPLE : OF_ENTRIES);

const wholeNumber = (text: string | null) => (text !== null && /^\d{1,5}$/.test(text) ? text : null);

/** The filters as the address says, those that go with the question. */
export function filterParameters(scope: Scope): Parameters {
  return {
    ...Object.fromEntries(keysOf(scope).map((key) => [key, param(key)])),
    returning: !scope.byStatus && param('returning') === 'true' ? 'true' : null,
    minDelayDays: scope.delays ? wholeNumber(param('minDelayDays')) : null,
    maxDelayDays: scope.delays ? wholeNumber(param('maxDelayDays')) : null,
  };
}

interface FiltersProps {
  readonly scope: Scope;
  readonly ask: (changes: Changes) => void;
}

/** Who else is left out; open when something is chosen. */
export function JourneyFilters({ scope, ask }: FiltersProps) {
  const chosen = Object.values(filterParameters(scope)).some((value) => value !== null);
  const any = { value: '', label: say(ANY) };
  const set = (name: string) => (value: string) => ask({ [name]: value === '' ? null : value });
  return (
    <details class="more-filters" open={chosen}>
      <summary>{say(MORE)}</summary>
      <div class="controls">
        {keysOf(scope).map((key) => (
          <Select
            label={say(GROUPS[key])}
            value={param(key) ?? ''}
            choices={[any, ...withChosen(key)]}
            onChange={set(key)}
          />
        ))}
        {!scope.byStatus && (
          <Select
            label={say(RETURNING)}
            value={param('returning') === 'true' ? 'true' : ''}
            choices={[any, { value: 'true', label: say(ONLY_RETURNING) }]}
            onChange={set('returning')}
          />
        )}
        {scope.delays && (
          <>
            <DaysField label={say(MIN_DAYS)} name="minDelayDays" onChange={set('minDelayDays')} />
            <DaysField label={say(MAX_DAYS)} name="maxDelayDays" onChange={set('maxDelayDays')} />
          </>
        )}
      </div>
    </details>
  );
}

interface DaysProps {
  readonly label: string;
  readonly name: string;
  readonly onChange: (value: string) => void;
}

function DaysField({ label, name, onChange }: DaysProps) {
  const id = useId();
  return (
    <div class="field field-days">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={0}
        max={99_999}
        value={wholeNumber(param(name)) ?? ''}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </div>
  );
}
