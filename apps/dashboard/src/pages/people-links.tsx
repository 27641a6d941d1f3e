import { type FunnelStage } from '../api/answers.js';
import { hasRole } from '../api/session.js';
import { type Message, say } from '../i18n/language.js';
import { STAGES } from '../i18n/words.js';
import { linkTo } from '../state/address.js';

const WHO: Message = ['Chi sono:', 'Who they are:'];
const KINDS = [
  ['converted', ['passati', 'converted']],
  ['pending', ['in sospeso', 'pending']],
  ['abandoned', ['persi per abbandono', 'lost, abandoned']],
  ['notAdmissible', ['persi, non ammissibili', 'lost, not admissible']],
] as const satisfies readonly (readonly [string, Message])[];

/** Links to the people behind the outcomes of a step, for who may see them. */
export function PeopleLinks({
  stage,
  toStage,
}: {
  readonly stage: FunnelStage;
  readonly toStage: FunnelStage;
}) {
  if (!hasRole('casework')) return null;
  return (
    <p class="people-links">
      {say(WHO)} {say(STAGES[stage])} → {say(STAGES[toStage])}{' '}
      {KINDS.map(([outcome, name]) => (
        <a href={linkTo('journeys', { stage, toStage, outcome })}>{say(name)}</a>
      ))}
    </p>
  );
}
