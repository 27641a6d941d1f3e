import { useState } from 'preact/hooks';
import { type JourneyItem, type JourneyPage } from '../../api/people-answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { count, dayName } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { GROUPS, STAGES } from '../../i18n/words.js';
import { Problem } from '../../shell/problem.js';
import { change, linkHere, param } from '../../state/address.js';
import { valueName } from '../../state/catalogue.js';
import { JourneyQuestion, journeyParameters, OUTCOMES } from './journey-question.js';
import { savePeople } from './save-people.js';

const TITLE: Message = ['Le persone dietro un numero', 'The people behind a figure'];
const NOBODY: Message = ['Nessuna persona corrisponde.', 'Nobody fits.'];
const FOUND: Message = ['Trovati: {count}', 'Found: {count}'];
const DOWNLOAD: Message = ['CSV di tutti i {count}', 'CSV of all {count}'];
const UNTIL: Message = ['Solo con ciò che è avvenuto fino al {day}.', 'Only with what occurred until {day}.'];
const WITHOUT_UNTIL: Message = ['Anche con ciò che è avvenuto dopo', 'Also with what occurred later'];
const NEXT: Message = ['Pagina successiva', 'Next page'];
const FIRST: Message = ['Torna alla prima pagina', 'Back to the first page'];
const COLUMNS: readonly Message[] = [
  ['Pseudonimo', 'Pseudonym'],
  ['Giorno', 'Day'],
  GROUPS.territory,
  ['Esito', 'Outcome'],
  ['Giorni', 'Days'],
  ['Ultimo fatto', 'Last fact'],
];

/** The journeys behind a figure, page by page. */
export function JourneyList() {
  const { data, problem, loading } = useAnswer<JourneyPage>('/v1/journeys', journeyParameters());
  const [failure, setFailure] = useState<unknown>();
  const until = param('until');
  const download = () => savePeople(journeyParameters()).then(() => setFailure(undefined), setFailure);
  return (
    <section class="card" aria-busy={loading} id="list">
      <div class="card-head">
        <h2>{say(TITLE)}</h2>
        {data && data.count > 0 && (
          <div class="actions">
            <button type="button" onClick={() => void download()}>
              {say(DOWNLOAD, { count: count(data.count) })}
            </button>
          </div>
        )}
      </div>
      <div class="controls">
        <JourneyQuestion />
      </div>
      {until !== null && (
        <p class="notice">
          {say(UNTIL, { day: dayName(until.slice(0, 10)) })}{' '}
          <button type="button" class="button-link" onClick={() => change({ until: null, cursor: null })}>
            {say(WITHOUT_UNTIL)}
          </button>
        </p>
      )}
      {(problem ?? failure) !== undefined && <Problem problem={problem ?? failure} />}
      {data && (
        <p class="found" role="status">
          {say(FOUND, { count: count(data.count) })}
        </p>
      )}
      {data && data.items.length === 0 && <p class="card-empty">{say(NOBODY)}</p>}
      {data && data.items.length > 0 && <Items items={data.items} />}
      {data && <Pages next={data.next} />}
    </section>
  );
}

function Items({ items }: { readonly items: readonly JourneyItem[] }) {
  return (
    <div class="table-scroll table-tall" tabIndex={0} role="region" aria-label={say(TITLE)}>
      <table class="table">
        <thead>
          <tr>
            {COLUMNS.map((name, index) => (
              <th scope="col" class={index === 4 ? 'number' : ''}>
                {say(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${item.id} ${item.day}`}>
              <th scope="row">
                <a href={linkHere({ id: item.id })}>{item.id}</a>
              </th>
              <td>{dayName(item.day, 'short')}</td>
              <td>{valueName('territory', item.territory ?? 'unknown')}</td>
              <td>{item.outcome ? say(OUTCOMES[item.outcome]) : ''}</td>
              <td class="number">{item.delayDays === undefined ? '' : count(item.delayDays)}</td>
              <td>{say(STAGES[item.status])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Pages({ next }: { readonly next: string | null }) {
  const cursor = next === null ? null : new URL(next, location.origin).searchParams.get('cursor');
  return (
    <div class="controls pages">
      {param('cursor') !== null && (
        <button type="button" class="button button-outline" onClick={() => change({ cursor: null })}>
          {say(FIRST)}
        </button>
      )}
      {cursor !== null && (
        <button type="button" class="button" onClick={() => change({ cursor })}>
          {say(NEXT)}
        </button>
      )}
    </div>
  );
}
