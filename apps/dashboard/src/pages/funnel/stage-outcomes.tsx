import { type CohortRow, FUNNEL_STAGES, type FunnelStage, type List } from '../../api/answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { outcomeOption, outcomePick, type OutcomeRow, outcomeTable } from '../../charts/stacked-outcomes.js';
import { count } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { STAGES, STEPS } from '../../i18n/words.js';
import { Select } from '../../shell/controls.js';
import { change, param } from '../../state/address.js';
import { windowParameters } from '../../state/period.js';
import { peopleBehind } from '../people-behind.js';
import { PeopleLinks } from '../people-links.js';
import { BarsChoice, chosenBars } from './bars-choice.js';

const TITLE: Message = ['Che ne è stato di chi ha cominciato', 'What became of those who started'];
const EXPLANATION: Message = [
  'Le persone che nel periodo sono entrate nel passo scelto, seguite nel tempo, anche oltre il periodo: «in sospeso» è chi non è ancora passato ma non è perso. I riquadri in alto contano invece i passi fatti nel periodo, da chiunque: perciò i numeri sono altri.',
  'The people who entered the chosen step in the period, followed over time, also beyond the period: “pending” are those who have not converted yet but are not lost. The tiles above count the steps taken in the period instead, whoever took them: so their numbers differ.',
];
const START: Message = ['Punto di partenza', 'Starting step'];
const TOWARDS: Message = ['Verso', 'Towards'];
const SUMMARY: Message = [
  'Di {size} persone {converted} sono arrivate a: {stage}.',
  'Of {size} people {converted} reached: {stage}.',
];

const STARTS: readonly FunnelStage[] = FUNNEL_STAGES.slice(0, -1);

export function startStage(): FunnelStage {
  return STARTS.find((stage) => stage === param('stage')) ?? 'registered';
}

const laterThan = (stage: FunnelStage) => FUNNEL_STAGES.slice(FUNNEL_STAGES.indexOf(stage) + 1);

/** The cohort of a step: for each later step who reached it, who waits and who is lost. */
export function StageOutcomes() {
  const stage = startStage();
  const cohort = useAnswer<List<CohortRow>>('/v1/funnel/cohort', { ...windowParameters(), stage });
  return (
    <ChartCard
      id="outcomes"
      title={say(TITLE)}
      explanation={say(EXPLANATION)}
      answers={[cohort]}
      draw={() => drawOutcomes(cohort.data!.totals)}
      below={() => laterThan(stage).map((later) => <PeopleLinks stage={stage} toStage={later} />)}
      controls={
        <>
          <Select
            label={say(START)}
            value={stage}
            choices={STARTS.map((one) => ({ value: one, label: say(STAGES[one]) }))}
            onChange={(value) => change({ stage: value })}
          />
          <BarsChoice />
        </>
      }
    />
  );

  function drawOutcomes({ size, outcomes }: CohortRow): Drawing | undefined {
    if (size === 0) return undefined;
    const rows = laterThan(stage).flatMap((later): OutcomeRow[] => {
      const found = outcomes[later];
      const people = (outcome: string | null = null) => peopleBehind({ stage, toStage: later, outcome });
      return found ? [{ name: say(STAGES[later]), size, ...found, people }] : [];
    });
    const last = rows.at(-1);
    return {
      option: outcomeOption(rows, chosenBars()),
      table: outcomeTable(say(TOWARDS), rows),
      pick: outcomePick(rows),
      summary: say(SUMMARY, {
        size: count(size),
        converted: count(last?.converted),
        stage: say(STEPS.pdsSigned),
      }),
      height: 70 + rows.length * 62,
    };
  }
}
