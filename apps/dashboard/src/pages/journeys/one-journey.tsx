import { type Fact, type Journey } from '../../api/people-answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { count, decimal, instantName } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { STAGES } from '../../i18n/words.js';
import { linkHere, param } from '../../state/address.js';
import { period } from '../../state/period.js';
import { explainOutcomes } from './explain.js';
import { factDetails, factName } from './fact-details.js';
import { OCCURRED, RECORDED, timelineOption } from './timeline-chart.js';

const STATUS: Message = ['Ultimo stato noto: {status}', 'Last known status: {status}'];
const NO_STATUS: Message = ['nessuno', 'none'];
const OUTCOMES: Message = ['Che ne è stato', 'What became of it'];
const BACK: Message = ['Torna all’elenco', 'Back to the list'];
const TAKEN_BACK: Message = ['Fatti ritrattati', 'Facts taken back'];
const TAKEN_BACK_LINE: Message = [
  '{fact} del {time}: registrato per errore, ritrattato il {since}.',
  '{fact} of {time}: recorded in error, taken back on {since}.',
];
const FACT: Message = ['Fatto', 'Fact'];
const DETAILS: Message = ['Dettagli', 'Details'];
const DELAY: Message = ['Giorni dopo', 'Days later'];
const SUMMARY: Message = [
  '{facts} fatti, dal {first} al {last}; il più tardivo registrato dopo {delay} giorni.',
  '{facts} facts, from {first} to {last}; the latest of them recorded after {delay} days.',
];

const delayOf = ({ time, recordedtime }: Fact) => (Date.parse(recordedtime) - Date.parse(time)) / 86_400_000;

/** One person: what happened when, and when it became known. */
export function OneJourney({ id }: { readonly id: string }) {
  const answer = useAnswer<Journey>(`/v1/journeys/${encodeURIComponent(id)}`, {
    knownAt: period.value.knownAt,
    until: param('until'),
  });
  const journey = answer.data?.id === id ? answer.data : undefined;
  const status = journey?.status ? say(STAGES[journey.status]) : say(NO_STATUS);
  return (
    <>
      <p>
        <a href={linkHere({ id: null, tables: null })}>{say(BACK)}</a>
      </p>
      <ChartCard
        id="timeline"
        title={id}
        explanation={journey && say(STATUS, { status })}
        answers={[{ ...answer, data: journey }]}
        draw={() => draw(journey!.facts)}
        below={() => <Facts facts={journey!.facts} />}
      />
      {journey && <Story journey={journey} />}
    </>
  );
}

function draw(facts: readonly Fact[]): Drawing | undefined {
  const [first, last] = [facts[0], facts.at(-1)];
  if (!first || !last) return undefined;
  return {
    option: timelineOption(facts, facts.map(factName)),
    table: {
      columns: [FACT, OCCURRED, RECORDED, DELAY, DETAILS].map((name, index) =>
        index === 3 ? { name: say(name), format: (value: number) => decimal(value, 2) } : { name: say(name) },
      ),
      rows: facts.map((fact) => [
        factName(fact),
        fact.time,
        fact.recordedtime,
        delayOf(fact),
        factDetails(fact),
      ]),
    },
    summary: say(SUMMARY, {
      facts: count(facts.length),
      first: instantName(first.time),
      last: instantName(last.time),
      delay: decimal(Math.max(...facts.map(delayOf)), 1),
    }),
    height: 80 + facts.length * 34,
  };
}

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <ol class="timeline">
      {facts.map((fact) => (
        <li>
          <strong>{factName(fact)}</strong>
          <span>{factDetails(fact)}</span>
          <span>
            {say(OCCURRED)} <time dateTime={fact.time}>{instantName(fact.time)}</time>
          </span>
          <span>
            {say(RECORDED)} <time dateTime={fact.recordedtime}>{instantName(fact.recordedtime)}</time>
          </span>
        </li>
      ))}
    </ol>
  );
}

function Story({ journey: { entries, takenBack } }: { readonly journey: Journey }) {
  return (
    <section class="card">
      <h2>{say(OUTCOMES)}</h2>
      <ul>
        {explainOutcomes(entries).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      {takenBack.length > 0 && (
        <>
          <h3>{say(TAKEN_BACK)}</h3>
          <ul>
            {takenBack.map(({ fact, knownSince }) => (
              <li>
                {say(TAKEN_BACK_LINE, {
                  fact: factName(fact),
                  time: instantName(fact.time),
                  since: instantName(knownSince),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
