import { type List } from '../../api/answers.js';
import { type HysteresisRow } from '../../api/hysteresis-answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { type Message } from '../../i18n/language.js';
import { PageHead } from '../page-head.js';
import { Backtest } from './backtest.js';
import { Comparing } from './comparing.js';
import { Incidence } from './incidence.js';
import { Nowcast } from './nowcast.js';
import { hysteresisParameters, Question } from './question.js';
import { Split } from './split.js';
import { Triangle } from './triangle.js';

const TITLE: Message = ['In ritardo o persi?', 'Late or lost?'];
const LEAD: Message = [
  'Chi non è ancora passato al passo successivo non è per forza perso: può essere in ritardo (isteresi). Qui si seguono le persone entrate nel periodo e si distinguono i due casi.',
  'Who has not reached the next step is not necessarily lost: they may be late (hysteresis). Here the people who entered in the period are followed, and the two are told apart.',
];

export default function HysteresisPage() {
  const answer = useAnswer<List<HysteresisRow>>('/v1/hysteresis', { ...hysteresisParameters(), curve: true });
  return (
    <>
      <PageHead title={TITLE} lead={LEAD} />
      <Question />
      <Split answer={answer} />
      <Incidence answer={answer} />
      <Comparing />
      <Triangle />
      <Nowcast />
      <Backtest />
    </>
  );
}
