import {
  type CohortRow,
  FUNNEL_STAGES,
  type FunnelStage,
  GROUP_KEYS,
  type GroupKey,
  type List,
} from '../../api/answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { outcomeOption, outcomePick, type OutcomeRow, outcomeTable } from '../../charts/stacked-outcomes.js';
import { type Message, say } from '../../i18n/language.js';
import { GROUPS, STAGES, STEPS } from '../../i18n/words.js';
import { Select } from '../../shell/controls.js';
import { change, param } from '../../state/address.js';
import { valueName } from '../../state/catalogue.js';
import { windowParameters } from '../../state/period.js';
import { peopleBehind } from '../people-behind.js';
import { BarsChoice, chosenBars } from './bars-choice.js';
import { chosenGroup, GroupChoice } from './group-choice.js';

const TITLE: Message = ['Gli esiti, gruppo per gruppo', 'Outcomes by group'];
const EXPLANATION: Message = [
  'Chi nel periodo è entrato nel primo passo, e se è arrivato al secondo; il gruppo è quello del primo passo.',
  'Who entered the first step in the period, and whether they reached the second; the group is that of the first step.',
];
const STEP_PAIR: Message = ['Da – a', 'From – to'];
const SUMMARY: Message = ['Da {from} a {to}, per {by}.', 'From {from} to {to}, by {by}.'];

const PAIRS = FUNNEL_STAGES.slice(0, -1).map((from, index) => [from, FUNNEL_STAGES[index + 1]!] as const);

function chosenPair(): readonly [FunnelStage, FunnelStage] {
  return PAIRS.find(([from]) => from === param('pair')) ?? ['attended', 'saChosen'];
}

/** Which groups have a value for the entries of a stage. */
function keysOf(stage: FunnelStage): readonly GroupKey[] {
  const venue = stage === 'booked' || stage === 'attended';
  return GROUP_KEYS.filter((key) =>
    key === 'sa' ? stage === 'saChosen' : venue || (key !== 'venue' && key !== 'mode'),
  );
}

/** The outcome towards the next step by group. */
export function GroupOutcomes() {
  const [from, to] = chosenPair();
  const keys = keysOf(from);
  const key = chosenGroup('outcomesBy', keys);
  const cohort = useAnswer<List<CohortRow>>('/v1/funnel/cohort', {
    ...windowParameters(),
    stage: from,
    groupBy: key,
  });
  return (
    <ChartCard
      id="group-outcomes"
      title={say(TITLE)}
      explanation={say(EXPLANATION)}
      answers={[cohort]}
      draw={draw}
      controls={
        <>
          <Select
            label={say(STEP_PAIR)}
            value={from}
            choices={PAIRS.map(([a, b]) => ({ value: a, label: `${say(STAGES[a])} → ${say(STAGES[b])}` }))}
            onChange={(value) => change({ pair: value })}
          />
          <GroupChoice name="outcomesBy" keys={keys} />
          <BarsChoice />
        </>
      }
    />
  );

  function draw(): Drawing | undefined {
    const rows = cohort.data!.items.flatMap((row): OutcomeRow[] => {
      const found = row.outcomes[to];
      if (!found || row.size === 0) return [];
      const code = row[key] ?? 'none';
      const people = (outcome: string | null = null) =>
        peopleBehind({ stage: from, toStage: to, [key]: code, outcome });
      return [{ name: valueName(key, code), size: row.size, ...found, people }];
    });
    if (rows.length === 0) return undefined;
    return {
      option: outcomeOption(rows, chosenBars()),
      table: outcomeTable(say(GROUPS[key]), rows),
      pick: outcomePick(rows),
      summary: say(SUMMARY, { from: say(STEPS[from]), to: say(STEPS[to]), by: say(GROUPS[key]) }),
      height: 70 + rows.length * 46,
    };
  }
}
