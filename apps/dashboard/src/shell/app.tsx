import { useEffect } from 'preact/hooks';
import { type SystemStatus } from '../api/answers.js';
import { hasRole, session } from '../api/session.js';
import { useAnswer } from '../api/use-answer.js';
import { language, type Message, say } from '../i18n/language.js';
import { address, follow, param, type Page } from '../state/address.js';
import { basicsProblem, readBasics } from '../state/basics.js';
import { span } from '../state/period.js';
import { Boundary } from './boundary.js';
import { Filters } from './filters.js';
import { Footer } from './footer.js';
import { Header, PAGE_NAMES } from './header.js';
import { PageView } from './page-view.js';
import { Problem } from './problem.js';
import { RefusedParameters } from './refused-parameters.js';
import { SignIn } from './sign-in.js';

const LOADING: Message = ['Caricamento…', 'Loading…'];
const MADE_UP: Message = [
  'Dati dimostrativi: le persone sono inventate, i conteggi sono quelli del rapporto annuale 2020.',
  'Demonstration data: the people are made up, the counts are those of the annual report 2020.',
];
const NOTE: Message = ['Avvertenza', 'Note'];
const NEEDS_ROLE: Message = [
  'Questa chiave non permette di leggere i dati: serve il ruolo «analyst».',
  'This key does not allow to read figures: the role “analyst” is needed.',
];
/** Pages whose figures are cut by period and date of knowledge. */
const FILTERED: readonly Page[] = ['funnel', 'hysteresis', 'past', 'journeys', 'quality'];
/** Of these the page that tells of all territories together. */
const EVERYWHERE: Page = 'quality';

/** Links of this site change what is shown; the browser loads nothing anew. */
function followInside(event: MouseEvent): void {
  const link = (event.target as Element).closest('a');
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || event.defaultPrevented || link.hasAttribute('download')) return;
  if (link.origin !== location.origin || link.dataset['otherPage'] !== undefined || link.target) return;
  event.preventDefault();
  follow(link.href);
  window.scrollTo(0, 0);
  document.getElementById('content')?.focus({ preventScroll: true });
}

export function App() {
  const { signedIn } = session.value ?? {};
  const { data: status } = useAnswer<SystemStatus>('/status');
  const { page } = address.value;
  const mayRead = hasRole('analyst');
  useEffect(() => {
    document.documentElement.lang = language.value;
    document.title = `${say(PAGE_NAMES[page])} – Percorso`;
  }, [language.value, page]);
  useEffect(() => {
    if (mayRead) void readBasics();
  }, [mayRead]);
  return (
    <div class="page" onClick={followInside}>
      <Header />
      {status?.synthetic && (
        <aside class="made-up" aria-label={say(NOTE)}>
          <p class="container">{say(MADE_UP)}</p>
        </aside>
      )}
      {signedIn && span.value && FILTERED.includes(page) && <Filters byTerritory={page !== EVERYWHERE} />}
      {signedIn === false && <SignIn />}
      {signedIn && (
        <main id="content" class="container" tabIndex={-1}>
          <RefusedParameters />
          <Boundary>
            {mayRead && mayShow() ? <PageView page={page} /> : <NotYet mayRead={mayRead} />}
          </Boundary>
        </main>
      )}
      <Footer />
    </div>
  );
}

/** Figures are asked for once it is known of which days: an address that says so need not wait for what there is. */
function mayShow(): boolean {
  if (span.value !== undefined) return true;
  return basicsProblem.value === null && param('from') !== null && param('to') !== null;
}

function NotYet({ mayRead }: { readonly mayRead: boolean }) {
  if (!mayRead) return <p class="notice notice-warning">{say(NEEDS_ROLE)}</p>;
  if (basicsProblem.value !== null) return <Problem problem={basicsProblem.value} kind="warning" />;
  return <p class="card-empty">{say(LOADING)}</p>;
}
