import { session, signOut } from '../api/session.js';
import { type Language, language, type Message, say } from '../i18n/language.js';
import { address, change, linkTo, type Page, PAGES } from '../state/address.js';

const PROGRAMME: Message = ['Mettersi in proprio – Piemonte', 'Mettersi in proprio – Piedmont'];
const TAGLINE: Message = [
  'Dalla registrazione al Patto di Servizio: quanti arrivano, quando, e chi si ferma',
  'From registration to service pact: how many get there, when, and who stops',
];
const MAIN: Message = ['Pagine', 'Pages'];
const LANGUAGE: Message = ['Lingua', 'Language'];
const SIGN_OUT: Message = ['Esci', 'Sign out'];
const SKIP: Message = ['Vai al contenuto', 'Skip to the content'];

export const PAGE_NAMES: Readonly<Record<Page, Message>> = {
  funnel: ['Percorso', 'Funnel'],
  hysteresis: ['Isteresi', 'Hysteresis'],
  past: ['Una data passata', 'A past date'],
  journeys: ['Persone', 'Journeys'],
  report: ['Rapporto', 'Report'],
  quality: ['Qualità e stato', 'Quality and status'],
};

const LANGUAGES: readonly (readonly [Language, string, string])[] = [
  ['it', 'IT', 'Italiano'],
  ['en', 'EN', 'English'],
];

export function Header() {
  const { keyNeeded, signedIn } = session.value ?? {};
  return (
    <header>
      <a class="skip" href="#content" onClick={skip}>
        {say(SKIP)}
      </a>
      <div class="header-slim">
        <div class="container header-slim-row">
          <span>{say(PROGRAMME)}</span>
          <div class="header-tools" role="group" aria-label={say(LANGUAGE)}>
            {LANGUAGES.map(([code, short, name]) => (
              <button
                type="button"
                lang={code}
                aria-pressed={language.value === code}
                onClick={() => change({ lang: code })}
              >
                {short}
                <span class="visually-hidden"> {name}</span>
              </button>
            ))}
            {keyNeeded && signedIn && (
              <button type="button" onClick={() => void signOut()}>
                {say(SIGN_OUT)}
              </button>
            )}
          </div>
        </div>
      </div>
      <div class="header-main">
        <div class="container">
          <a class="brand" href={linkTo('funnel')}>
            <img src="/icon.svg" alt="" width="40" height="40" />
            <span>
              <strong>Percorso</strong>
              <small>{say(TAGLINE)}</small>
            </span>
          </a>
        </div>
      </div>
      {signedIn && <Navigation />}
    </header>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

function Navigation() {
  const { page } = address.value;
  return (
    <nav class="header-nav" aria-label={say(MAIN)}>
      <ul class="container">
        {PAGES.map((one) => (
          <li>
            <a href={linkTo(one)} aria-current={one === page ? 'page' : undefined}>
              {say(PAGE_NAMES[one])}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
