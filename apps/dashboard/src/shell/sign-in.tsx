import { useId, useState } from 'preact/hooks';
import { RequestProblem } from '../api/client.js';
import { signIn } from '../api/session.js';
import { type Message, say } from '../i18n/language.js';
import { problemMessage } from '../i18n/problem-words.js';

const TITLE: Message = ['Accesso', 'Sign in'];
const WHY: Message = [
  'Questo sistema mostra i suoi dati solo a chi ha una chiave. La chiave si inserisce una volta: il browser ricorda la sessione per dieci ore, non la chiave.',
  'This system shows its figures only to holders of a key. Give it once: the browser remembers the session for ten hours, not the key.',
];
const KEY: Message = ['Chiave', 'Key'];
const ENTER: Message = ['Entra', 'Sign in'];
const WRONG: Message = ['Questa chiave non esiste.', 'There is no such key.'];
const WAIT: Message = [
  'Troppe chiavi sbagliate da questo indirizzo: attendere un minuto.',
  'Too many wrong keys from this address: wait a minute.',
];

function tellOf(error: unknown): string {
  const status = error instanceof RequestProblem ? error.status : 0;
  if (status === 401) return say(WRONG);
  if (status === 429) return say(WAIT);
  return say(problemMessage(error));
}

/** Asks for a key, once. */
export function SignIn() {
  const id = useId();
  const [problem, setProblem] = useState<string>();
  const [key, setKey] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    signIn(key.trim()).catch((error: unknown) => setProblem(tellOf(error)));
  };
  return (
    <main id="content" class="container narrow" tabIndex={-1}>
      <h1>{say(TITLE)}</h1>
      <p>{say(WHY)}</p>
      <form class="card sign-in" onSubmit={submit}>
        <label for={id}>{say(KEY)}</label>
        <input
          id={id}
          type="password"
          autocomplete="current-password"
          required
          value={key}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-problem`}
          onInput={({ currentTarget }) => setKey(currentTarget.value)}
        />
        <p id={`${id}-problem`} class="field-problem" role="alert">
          {problem}
        </p>
        <button type="submit" class="button">
          {say(ENTER)}
        </button>
      </form>
    </main>
  );
}
