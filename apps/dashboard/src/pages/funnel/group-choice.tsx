import { type GroupKey } from '../../api/answers.js';
import { type Message, say } from '../../i18n/language.js';
import { GROUPS } from '../../i18n/words.js';
import { Select } from '../../shell/controls.js';
import { change, param } from '../../state/address.js';

const BY: Message = ['Dividi per', 'Split by'];

/** The group that a chart is split by, as the address says. */
export function chosenGroup(name: string, keys: readonly GroupKey[]): GroupKey {
  return keys.find((key) => key === param(name)) ?? keys[0]!;
}

interface GroupChoiceProps {
  /** The parameter of the address that holds the choice. */
  readonly name: string;
  readonly keys: readonly GroupKey[];
}

export function GroupChoice({ name, keys }: GroupChoiceProps) {
  return (
    <Select
      label={say(BY)}
      value={chosenGroup(name, keys)}
      choices={keys.map((key) => ({ value: key, label: say(GROUPS[key]) }))}
      onChange={(value) => change({ [name]: value })}
    />
  );
}
