import { type SystemStatus } from '../../api/answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { DataTable } from '../../charts/data-table.js';
import { count } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { Problem } from '../../shell/problem.js';

const TITLE: Message = ['Stato del sistema', 'System status'];
const WELL: Message = ['Tutte le parti funzionano.', 'All parts work.'];
const LOG: Message = ['Ultima posizione del registro: {position}', 'Last position of the log: {position}'];
const COLUMNS: readonly Message[] = [
  ['Proiezione', 'Projection'],
  ['Posizione', 'Position'],
  ['Ritardo (posizioni)', 'Lag (positions)'],
  ['Problema', 'Problem'],
];
const NONE: Message = ['nessuno', 'none'];

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
            {say(WELL)} {say(LOG, { position: count(Number(data.position)) })}
          </p>
          <DataTable
            caption={say(TITLE)}
            table={{
              columns: COLUMNS.map((name) => ({ name: say(name) })),
              rows: data.projections.map((one) => [
                one.projection,
                Number(one.position),
                one.lag,
                one.problem ?? say(NONE),
              ]),
            }}
          />
        </>
      )}
    </section>
  );
}
