import {
  FUNNEL_STAGES,
  type FunnelRow,
  type FunnelStage,
  GROUP_KEYS,
  type GroupKey,
  type List,
  type StageCounts,
} from '../../api/answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { frame, namesBeside, type Series, values } from '../../charts/option.js';
import { STAGE_COLOURS } from '../../charts/palette.js';
import { type Message, say } from '../../i18n/language.js';
import { GROUPS, STAGES } from '../../i18n/words.js';
import { valueName } from '../../state/catalogue.js';
import { windowParameters } from '../../state/period.js';
import { peopleBehind } from '../people-behind.js';
import { chosenGroup, GroupChoice } from './group-choice.js';

const TITLE: Message = ['Dove e chi', 'Where and who'];
const EXPLANATION: Message = [
  'Ogni passo conta dove è avvenuto: registrazioni nel territorio indicato, incontri nella sede, scelte e patti presso il Soggetto Attuatore.',
  'Each step counts where it took place: registrations in their territory, meetings at the venue, choices and pacts with the SA.',
];
const SUMMARY: Message = ['{groups} gruppi, divisi per: {by}.', '{groups} groups, split by: {by}.'];

interface GroupSum {
  readonly code: string;
  readonly counts: Readonly<Record<FunnelStage, number>>;
}

/** The counts of each group over all months; groups without any are left out. */
export function sumByGroup(rows: readonly FunnelRow[], key: GroupKey): GroupSum[] {
  const sums = new Map<string, Record<FunnelStage, number>>();
  for (const row of rows) {
    const code = row[key] ?? 'none';
    const sum = sums.get(code) ?? { registered: 0, booked: 0, attended: 0, saChosen: 0, pdsSigned: 0 };
    for (const stage of FUNNEL_STAGES) sum[stage] += row[stage as keyof StageCounts];
    sums.set(code, sum);
  }
  return [...sums]
    .map(([code, counts]) => ({ code, counts }))
    .filter(({ code, counts }) => code !== 'none' && FUNNEL_STAGES.some((stage) => counts[stage] > 0));
}

/** The entries of the period by territory, venue, mode, SA or profile. */
export function Groups() {
  const key = chosenGroup('by', GROUP_KEYS);
  const answer = useAnswer<List<FunnelRow>>('/v1/funnel/monthly', { ...windowParameters(), groupBy: key });
  return (
    <ChartCard
      id="groups"
      title={say(TITLE)}
      explanation={say(EXPLANATION)}
      answers={[answer]}
      draw={() => drawGroups(sumByGroup(answer.data!.items, key), key)}
      controls={<GroupChoice name="by" keys={GROUP_KEYS} />}
    />
  );
}

function drawGroups(groups: readonly GroupSum[], key: GroupKey): Drawing | undefined {
  if (groups.length === 0) return undefined;
  const stages = FUNNEL_STAGES.filter((stage) => groups.some(({ counts }) => counts[stage] > 0));
  const names = groups.map(({ code }) => valueName(key, code));
  const people = (stage: string, code: string) => peopleBehind({ stage, toStage: 'none', [key]: code });
  const series = stages.map((stage): Series => ({
    type: 'bar',
    id: stage,
    name: say(STAGES[stage]),
    itemStyle: { color: STAGE_COLOURS[stage] },
    data: groups.map(({ counts }) => counts[stage]),
    barMaxWidth: 16,
    barGap: '15%',
  }));
  return {
    option: frame({
      yAxis: namesBeside(names),
      xAxis: values(),
      series,
    }),
    table: {
      columns: [{ name: say(GROUPS[key]) }, ...stages.map((stage) => ({ name: say(STAGES[stage]) }))],
      rows: groups.map(({ counts }, index) => [names[index]!, ...stages.map((stage) => counts[stage])]),
      links: groups.map(({ code }) => [null, ...stages.map((stage) => people(stage, code))]),
    },
    pick: (stage, index) => people(stage, groups[index]?.code ?? 'none'),
    summary: say(SUMMARY, { groups: groups.length, by: say(GROUPS[key]) }),
    height: 70 + groups.length * Math.max(34, stages.length * 17),
  };
}
