import { hasRole } from '../../api/session.js';
import { type Message, say } from '../../i18n/language.js';
import { param } from '../../state/address.js';
import { PageHead } from '../page-head.js';
import { FindJourney } from './find-journey.js';
import { JourneyList } from './journey-list.js';
import { OneJourney } from './one-journey.js';

const TITLE: Message = ['Persone', 'Journeys'];
const LEAD: Message = [
  'Le persone dietro i numeri, sotto pseudonimo: che cosa è successo a ciascuna, quando, e quando lo si è saputo. Ogni consultazione è annotata nel registro degli accessi.',
  'The people behind the numbers, under a pseudonym: what happened to each, when, and when it became known. Every look is noted in the access log.',
];
const NEEDS_ROLE: Message = [
  'Per vedere singole persone serve una chiave con il ruolo «casework».',
  'To see single people a key with the role “casework” is needed.',
];

export default function JourneysPage() {
  const id = param('id');
  return (
    <>
      <PageHead title={TITLE} lead={LEAD} />
      {!hasRole('casework') && <p class="notice notice-warning">{say(NEEDS_ROLE)}</p>}
      {hasRole('casework') && (
        <>
          <FindJourney />
          {id === null ? <JourneyList /> : <OneJourney id={id} />}
        </>
      )}
    </>
  );
}
