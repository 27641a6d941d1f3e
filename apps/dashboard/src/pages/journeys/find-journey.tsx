import { useEffect, useId, useState } from 'preact/hooks';
import { type Message, say } from '../../i18n/language.js';
import { change, param } from '../../state/address.js';

const ID: Message = ['Pseudonimo', 'Pseudonym'];
const FIND: Message = ['Apri', 'Open'];
const EXAMPLE: Message = ['per esempio j-000123', 'for example j-000123'];

/** Opens a journey whose id is known. */
export function FindJourney() {
  const field = useId();
  const shown = param('id') ?? '';
  const [id, setId] = useState(shown);
  useEffect(() => setId(shown), [shown]);
  const open = (event: Event) => {
    event.preventDefault();
    change({ id: id.trim() === '' ? null : id.trim() });
  };
  return (
    <form class="controls page-controls" role="search" onSubmit={open}>
      <div class="field">
        <label for={field}>{say(ID)}</label>
        <input
          id={field}
          type="search"
          value={id}
          placeholder={say(EXAMPLE)}
          pattern="[A-Za-z0-9_\-]{1,64}"
          autocomplete="off"
          onInput={({ currentTarget }) => setId(currentTarget.value)}
        />
      </div>
      <button type="submit" class="button">
        {say(FIND)}
      </button>
    </form>
  );
}
