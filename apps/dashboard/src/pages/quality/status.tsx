import { type Projection, type SystemStatus } from '../../api/answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { DataTable } from '../../charts/data-table.js';
import { type Cell } from '../../charts/table.js';
import { count } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { Problem } from '../../shell/problem.js';

const TITLE: Message = ['Stato del sistema', 'System status'];
const WELL: Message = ['Tutte le parti funzionano.', 'All parts work.'];
const BEHIND: Message = ['Non tutto è al passo: {detail}', 'Not everything keeps up: {detail}'];
/** What the server says when nothing is wrong. */
const WELL_TOLD = WELL[1];
const BUILDING: Message = ['in costruzione: {name}', 'being built: {name}'];
const NAMES: Readonly<Record<string, Message>> = {
  journeys: ['Persone', 'Journeys'],
  meetings: ['Incontri', 'Meetings'],
  contacts: ['Contatti con l’assistenza', 'Help desk contacts'],
  web_traffic: ['Traffico web', 'Web traffic'],
  monthly_funnel: ['Percorso per mese', 'Monthly funnel'],
};
const LOG: Message = ['Ultima posizione del registro: {position}', 'Last position of the log: {position}'];
const COLUMNS: readonly Message[] = [
  ['Proiezione', 'Projection'],
  ['Posizione', 'Position'],
  ['Ritardo (posizioni)', 'Lag (positions)'],
  ['Problema', 'Problem'],
];
const NONE: Message = ['nessuno', 'none'];

function projectionName({ projection }: Projection): string {
  const message = NAMES[projection];
  return message ? say(message) : projection;
}

const rowOf = ({ position, problem }: Projection, name: string, lag: number): Cell[] => [
  name,
  Number(position),
  lag,
  problem ?? say(NONE),
];

/** Where the log and the projections stand. */
export function Status() {
  const { data, problem } = useAnswer<SystemStatus>('/status');
  return (
    <section class="card" id="status">
      <div class="card-head">
        <h2>{say(TITLE)}</h2>
      </div>
      {problem && <Problem problem={problem} />}
      {data && (
        <>
          <p class="notice">
            {data.detail === WELL_TOLD ? say(WELL) : say(BEHIND, { detail: data.detail })}{' '}
            {say(LOG, { position: count(Number(data.position)) })}
          </p>
          <DataTable
            caption={say(TITLE)}
            table={{
              columns: COLUMNS.map((name) => ({ name: say(name) })),
              rows: [
                ...data.projections.map((one) => rowOf(one, projectionName(one), one.lag)),
                ...data.building.map((one) =>
                  rowOf(one, say(BUILDING, { name: projectionName(one) }), one.lag),
                ),
              ],
            }}
          />
        </>
      )}
    </section>
  );
}
