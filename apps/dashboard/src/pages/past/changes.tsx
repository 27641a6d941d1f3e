import { FUNNEL_STAGES, type List, SIDE_STAGES, type Stage } from '../../api/answers.js';
import { type CauseClass, type ChangedCell } from '../../api/people-answers.js';
import { hasRole } from '../../api/session.js';
import { useAnswer } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { frame, namesBeside, type Series, values } from '../../charts/option.js';
import { count, monthName, signed } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { MONTH, STAGES } from '../../i18n/words.js';
import { period } from '../../state/period.js';
import { CAUSES } from './causes.js';
import { ChangedCells } from './changed-cells.js';
import { earlierDay, laterDay } from './two-dates.js';

const TITLE: Message = ['Che cosa è cambiato, e perché', 'What changed, and why'];
const EXPLANATION: Message = [
  'Ogni conteggio mensile che differisce tra le due date, con i fatti che lo hanno cambiato.',
  'Every monthly count that differs between the two dates, with the facts that changed it.',
];
const NEEDS_ROLE: Message = [
  'Chi può vedere singoli fatti (ruolo «auditor») trova qui i motivi di ogni cambiamento.',
  'Who may see single facts (role “auditor”) finds the reasons of every change here.',
];
const COLUMNS: readonly Message[] = [
  MONTH,
  ['Passo o esito', 'Step or ending'],
  ['Prima', 'Before'],
  ['Dopo', 'After'],
  ['Differenza', 'Change'],
];
const SUMMARY: Message = ['{cells} conteggi mensili sono cambiati.', '{cells} monthly counts changed.'];

/** What changed in the monthly funnel between two dates of knowledge. */
export function Changes() {
  const { from, to, territory } = period.value;
  const may = hasRole('auditor');
  const answer = useAnswer<List<ChangedCell>>(may ? '/v1/audit/diff' : null, {
    knownAt: earlierDay(),
    and: laterDay(),
    from,
    to,
    territory,
  });
  if (!may) return <p class="notice">{say(NEEDS_ROLE)}</p>;
  return (
    <ChartCard
      id="changes"
      title={say(TITLE)}
      explanation={say(EXPLANATION)}
      answers={[answer]}
      draw={() => draw(answer.data!.items)}
      below={() => <ChangedCells cells={answer.data!.items} />}
    />
  );
}

function factsOf(cells: readonly ChangedCell[], stage: Stage, cause: CauseClass): number {
  return cells
    .filter((cell) => cell.stage === stage)
    .flatMap(({ causes }) => causes)
    .filter((one) => one.class === cause)
    .reduce((sum, { facts }) => sum + facts.length, 0);
}

function draw(cells: readonly ChangedCell[]): Drawing | undefined {
  if (cells.length === 0) return undefined;
  const stages = [...FUNNEL_STAGES, ...SIDE_STAGES].filter((stage) =>
    cells.some((cell) => cell.stage === stage),
  );
  const kinds = Object.keys(CAUSES) as CauseClass[];
  const series = kinds.map((kind): Series => ({
    type: 'bar',
    stack: 'causes',
    name: say(CAUSES[kind].name),
    itemStyle: { color: CAUSES[kind].colour },
    barMaxWidth: 24,
    data: stages.map((stage) => factsOf(cells, stage, kind)),
  }));
  return {
    option: frame({
      yAxis: namesBeside(stages.map((stage) => say(STAGES[stage]))),
      xAxis: values(),
      series,
    }),
    table: {
      columns: [
        ...COLUMNS.map((name, index) => ({
          name: say(name),
          ...(index === 0 ? { text: monthName } : index === 4 ? { format: signed } : {}),
        })),
        ...kinds.map((kind) => ({ name: say(CAUSES[kind].name) })),
      ],
      rows: cells.map((cell) => [
        cell.month,
        say(STAGES[cell.stage]),
        cell.before,
        cell.after,
        cell.after - cell.before,
        ...kinds.map((kind) => factsOf([cell], cell.stage, kind)),
      ]),
    },
    summary: say(SUMMARY, { cells: count(cells.length) }),
    height: 80 + stages.length * 40,
  };
}
