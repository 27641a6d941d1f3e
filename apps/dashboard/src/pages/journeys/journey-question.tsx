import { FUNNEL_STAGES, type FunnelStage, SIDE_STAGES, type Stage } from '../../api/answers.js';
import { type Parameters } from '../../api/client.js';
import { type Outcome } from '../../api/people-answers.js';
import { type Message, say } from '../../i18n/language.js';
import { STAGES } from '../../i18n/words.js';
import { Select } from '../../shell/controls.js';
import { type Changes, change, param } from '../../state/address.js';
import { period, windowParameters } from '../../state/period.js';
import { filterParameters, JourneyFilters } from './journey-filters.js';

const STAGE: Message = ['Entrati in', 'Entered'];
const TO_STAGE: Message = ['Verso', 'Towards'];
const OUTCOME: Message = ['Esito', 'Outcome'];
const STATUS: Message = ['Ultimo fatto', 'Last fact'];
const ANY: Message = ['Tutti', 'Any'];
const NOWHERE: Message = ['–', '–'];

export const OUTCOMES: Readonly<Record<Outcome, Message>> = {
  converted: ['passato', 'converted'],
  pending: ['in sospeso', 'pending'],
  abandoned: ['perso: abbandono', 'lost: abandoned'],
  notAdmissible: ['perso: non ammissibile', 'lost: not admissible'],
};
const ALL: readonly Stage[] = [...FUNNEL_STAGES, ...SIDE_STAGES];

const chosenStage = (): Stage => ALL.find((stage) => stage === param('stage')) ?? 'attended';

function laterStages(): readonly FunnelStage[] {
  const place = FUNNEL_STAGES.indexOf(chosenStage() as FunnelStage);
  return place < 0 ? [] : FUNNEL_STAGES.slice(place + 1);
}

function chosenTarget(): FunnelStage | null {
  const later = laterStages();
  const asked = param('toStage');
  return asked === 'none' ? null : (later.find((stage) => stage === asked) ?? later[0] ?? null);
}

const chosenStatus = (): Stage | null => ALL.find((stage) => stage === param('status')) ?? null;

const chosenOutcome = (): string | null =>
  chosenTarget() === null ? null : (Object.keys(OUTCOMES).find((one) => one === param('outcome')) ?? null);

/** Which filters go with the question; of a delay can only be told of those who converted. */
function scope() {
  const byStatus = chosenStatus() !== null;
  const delays = !byStatus && chosenTarget() !== null && (chosenOutcome() ?? 'converted') === 'converted';
  return { byStatus, delays };
}

/** Which journeys are listed, as the address says. */
export function journeyParameters(): Parameters {
  const status = chosenStatus();
  const { knownAt, territory } = period.value;
  const which =
    status === null
      ? { ...windowParameters(), stage: chosenStage(), toStage: chosenTarget(), outcome: chosenOutcome() }
      : { knownAt, territory, status };
  return {
    ...which,
    until: param('until'),
    ...filterParameters(scope()),
    cursor: param('cursor'),
    limit: 50,
  };
}

/** Another question begins at its first page. */
const ask = (changes: Changes) => change({ cursor: null, ...changes });

export function JourneyQuestion() {
  const target = chosenTarget();
  const choice = (stage: Stage) => ({ value: stage, label: say(STAGES[stage]) });
  const outcomes = Object.entries(OUTCOMES).map(([value, name]) => ({ value, label: say(name) }));
  const status = chosenStatus();
  const byStatus = (
    <Select
      label={say(STATUS)}
      value={status ?? ''}
      choices={[{ value: '', label: say(ANY) }, ...ALL.map(choice)]}
      onChange={(value) => ask({ status: value === '' ? null : value })}
    />
  );
  if (status !== null) {
    return (
      <>
        {byStatus}
        <JourneyFilters scope={scope()} ask={ask} />
      </>
    );
  }
  return (
    <>
      <Select
        label={say(STAGE)}
        value={chosenStage()}
        choices={ALL.map(choice)}
        onChange={(stage) => ask({ stage, toStage: null, outcome: null })}
      />
      <Select
        label={say(TO_STAGE)}
        value={target ?? 'none'}
        choices={[...laterStages().map(choice), { value: 'none', label: say(NOWHERE) }]}
        onChange={(toStage) => ask({ toStage })}
      />
      {target !== null && (
        <Select
          label={say(OUTCOME)}
          value={param('outcome') ?? ''}
          choices={[{ value: '', label: say(ANY) }, ...outcomes]}
          onChange={(outcome) => ask({ outcome: outcome === '' ? null : outcome })}
        />
      )}
      {byStatus}
      <JourneyFilters scope={scope()} ask={ask} />
    </>
  );
}
