import { FUNNEL_STAGES, type FunnelStage } from '../../api/answers.js';
import { type Parameters } from '../../api/client.js';
import { type Message, say } from '../../i18n/language.js';
import { STAGES } from '../../i18n/words.js';
import { Segments, Select } from '../../shell/controls.js';
import { aboutFigures } from '../../state/about.js';
import { change, param } from '../../state/address.js';
import { windowParameters } from '../../state/period.js';

const FROM: Message = ['Dal passo', 'From step'];
const TO: Message = ['Al passo', 'To step'];
const DAYS: Message = ['Giorni', 'Days'];
const GROSS: Message = ['Tutti i giorni', 'All days'];
const NET: Message = ['Senza le sospensioni', 'Net of suspensions'];

export interface StagePair {
  readonly fromStage: FunnelStage;
  readonly toStage: FunnelStage;
}

/** The two stages between which people are followed, as the address says. */
export function stagePair(): StagePair {
  const from = FUNNEL_STAGES.find((stage) => stage === param('fromStage')) ?? 'attended';
  const to = FUNNEL_STAGES.find((stage) => stage === param('toStage')) ?? 'saChosen';
  return FUNNEL_STAGES.indexOf(from) < FUNNEL_STAGES.indexOf(to)
    ? { fromStage: from, toStage: to }
    : { fromStage: 'attended', toStage: 'saChosen' };
}

export const isNet = () => param('net') === 'true';

export function hysteresisParameters(): Parameters {
  return { ...windowParameters(), ...stagePair(), net: isNet() };
}

/** What a saved picture of this page is about. */
export function aboutHysteresis(): string {
  const { fromStage, toStage } = stagePair();
  const steps = `${say(STAGES[fromStage])} → ${say(STAGES[toStage])}`;
  return [steps, say(isNet() ? NET : GROSS), aboutFigures()].join(' · ');
}

function setPair(fromStage: FunnelStage, toStage: FunnelStage): void {
  const later = FUNNEL_STAGES.indexOf(fromStage) < FUNNEL_STAGES.indexOf(toStage);
  const next = FUNNEL_STAGES[FUNNEL_STAGES.indexOf(fromStage) + 1] ?? 'pdsSigned';
  change({ fromStage, toStage: later ? toStage : next });
}

/** What the whole page is about: from where to where, and which days count. */
export function Question() {
  const { fromStage, toStage } = stagePair();
  const choice = (stage: FunnelStage) => ({ value: stage, label: say(STAGES[stage]) });
  const later = FUNNEL_STAGES.slice(FUNNEL_STAGES.indexOf(fromStage) + 1);
  return (
    <div class="controls page-controls">
      <Select
        label={say(FROM)}
        value={fromStage}
        choices={FUNNEL_STAGES.slice(0, -1).map(choice)}
        onChange={(value) => setPair(value as FunnelStage, toStage)}
      />
      <Select
        label={say(TO)}
        value={toStage}
        choices={later.map(choice)}
        onChange={(value) => setPair(fromStage, value as FunnelStage)}
      />
      <Segments
        label={say(DAYS)}
        value={isNet() ? 'net' : 'gross'}
        choices={[
          { value: 'gross', label: say(GROSS) },
          { value: 'net', label: say(NET) },
        ]}
        onChange={(value) => change({ net: value === 'net' ? 'true' : null })}
      />
    </div>
  );
}
