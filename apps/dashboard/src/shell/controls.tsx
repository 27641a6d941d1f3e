import { useId } from 'preact/hooks';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
}

/** A list to choose one of. */
export function Select({ label, value, choices, onChange }: SelectProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {choices.map((choice) => (
          <option value={choice.value} selected={choice.value === value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A few possibilities side by side, one of which holds. */
export function Segments({ label, value, choices, onChange }: SelectProps) {
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">{label}</legend>
      {choices.map((choice) => (
        <button type="button" aria-pressed={choice.value === value} onClick={() => onChange(choice.value)}>
          {choice.label}
        </button>
      ))}
    </fieldset>
  );
}

interface DateProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A day; what is no day yet is not told: a year is written digit by digit, from the year 2 on. */
export function DateField({ label, value, onChange }: DateProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="date"
        value={value}
        min="2000-01-01"
        onChange={({ currentTarget: { value, validity } }) =>
          value !== '' && validity.valid && onChange(value)
        }
      />
    </div>
  );
}
