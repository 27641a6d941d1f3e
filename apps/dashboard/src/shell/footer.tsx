import { connected, position } from '../api/freshness.js';
import { count } from '../i18n/format.js';
import { type Message, say } from '../i18n/language.js';

const POSITION: Message = ['Posizione nel registro: {position}', 'Position in the log: {position}'];
const LIVE: Message = ['aggiornamento continuo', 'updated as facts arrive'];
const API: Message = ['Tutte le richieste (API)', 'All requests (API)'];

/** Where the figures stand. */
export function Footer() {
  return (
    <footer>
      <div class="container footer-row">
        <span>
          {position.value !== null && say(POSITION, { position: count(Number(position.value)) })}
          {connected.value && <span class="live"> · {say(LIVE)}</span>}
        </span>
        <a href="/docs" data-other-page>
          {say(API)}
        </a>
      </div>
    </footer>
  );
}
