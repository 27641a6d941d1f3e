import { type NowcastWarning, type WithWarnings } from '../../api/hysteresis-answers.js';
import { type Message, say } from '../../i18n/language.js';

const WARNINGS: Readonly<Record<NowcastWarning, Message>> = {
  suspension_not_excluded: [
    'In questo periodo la tappa d’arrivo è stata sospesa, e i giorni di chiusura contano come giorni in cui nessuno è passato: si scelga il tempo al netto delle sospensioni.',
    'In this time the later stage was suspended, and closed days count as days on which nobody went on: choose the time net of suspensions.',
  ],
  groups_share_hazards: [
    'I gruppi si distinguono solo per il tempo già atteso: per stimarne uno dal suo passato lo si scelga come filtro.',
    'Groups differ by the time waited alone: to forecast one from its own past, filter by it.',
  ],
};

/** What to bear in mind with a forecast. */
export const NowcastWarnings = ({ of }: { readonly of: WithWarnings | undefined }) => (
  <>
    {of?.warnings.map((warning) => (
      <p class="notice" key={warning}>
        {say(WARNINGS[warning])}
      </p>
    ))}
  </>
);
