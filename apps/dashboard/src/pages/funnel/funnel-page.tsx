import { type FunnelRow, type List } from '../../api/answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { type Message } from '../../i18n/language.js';
import { movedByYears, period, windowParameters } from '../../state/period.js';
import { PageHead } from '../page-head.js';
import { GroupOutcomes } from './group-outcomes.js';
import { Groups } from './groups.js';
import { Headline } from './headline.js';
import { Months } from './months.js';
import { StageOutcomes } from './stage-outcomes.js';
import { Years } from './years.js';

const TITLE: Message = ['Il percorso', 'The funnel'];
const LEAD: Message = [
  'Quante persone hanno fatto ciascun passo nel periodo scelto, e che ne è stato di chi ha cominciato: passato al passo successivo, ancora in sospeso, o perso.',
  'How many people took each step in the chosen period, and what became of those who started: converted to the next step, still pending, or lost.',
];

export default function FunnelPage() {
  const { from, to, knownAt, territory } = period.value;
  const months = useAnswer<List<FunnelRow>>('/v1/funnel/monthly', windowParameters());
  const windowBefore = { from: movedByYears(from, -1), to: movedByYears(to, -1), knownAt, territory };
  const before = useAnswer<List<FunnelRow>>('/v1/funnel/monthly', windowBefore);
  return (
    <>
      <PageHead title={TITLE} lead={LEAD} />
      <Headline now={months} before={before} />
      <StageOutcomes />
      <Months />
      <Years before={windowBefore} />
      <Groups />
      <GroupOutcomes />
    </>
  );
}
