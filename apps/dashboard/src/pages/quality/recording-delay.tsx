import { type List } from '../../api/answers.js';
import { type DelayRow } from '../../api/people-answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { categories, frame, type Series, values } from '../../charts/option.js';
import { COLOURS, STAGE_COLOURS } from '../../charts/palette.js';
import { tooltip } from '../../charts/tooltip.js';
import { FACT_TYPES, shortType } from '../../i18n/fact-words.js';
import { decimal, monthName } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { MONTH } from '../../i18n/words.js';
import { Select } from '../../shell/controls.js';
import { change, param } from '../../state/address.js';
import { daysParameters } from '../../state/period.js';

const TITLE: Message = ['Quanto tardi si viene a sapere', 'How late it becomes known'];
const EXPLANATION: Message = [
  'Giorni tra quando un fatto è avvenuto e quando è stato registrato, per mese in cui è avvenuto.',
  'Days between when a fact happened and when it was recorded, by the month in which it happened.',
];
const TYPE: Message = ['Tipo di fatto', 'Type of fact'];
const DAYS: Message = ['giorni', 'days'];
const MEDIAN: Message = ['La metà entro', 'Half within'];
const P90: Message = ['Nove su dieci entro', 'Nine of ten within'];
const LONGEST: Message = ['Il più tardivo', 'The latest'];
const COUNT: Message = ['Fatti', 'Facts'];
const SUMMARY: Message = ['{months} mesi, tipo: {type}.', '{months} months, type: {type}.'];

const typeName = (type: string) => {
  const message = FACT_TYPES[shortType(type)];
  return message ? say(message) : type;
};

/** How late facts of a type were recorded, month by month. */
export function RecordingDelay() {
  const answer = useAnswer<List<DelayRow>>('/v1/recording-delay', daysParameters());
  const types = [...new Set(answer.data?.items.map(({ type }) => type))];
  const type = types.find((one) => shortType(one) === (param('type') ?? 'abandoned')) ?? types[0] ?? '';
  return (
    <ChartCard
      id="recording-delay"
      title={say(TITLE)}
      explanation={say(EXPLANATION)}
      answers={[answer]}
      draw={() => draw(answer.data!.items.filter((row) => row.type === type))}
      controls={
        <Select
          label={say(TYPE)}
          value={shortType(type)}
          choices={types.map((one) => ({ value: shortType(one), label: typeName(one) }))}
          onChange={(value) => change({ type: value })}
        />
      }
    />
  );
}

function draw(rows: readonly DelayRow[]): Drawing | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const shared = frame({});
  const days = (value: number) => decimal(value, 2);
  const bar = (name: Message, color: string, read: (row: DelayRow) => number | null): Series => ({
    type: 'bar',
    name: say(name),
    itemStyle: { color },
    barMaxWidth: 26,
    data: rows.map(read),
  });
  return {
    option: {
      ...shared,
      grid: { ...shared.grid, top: 32 },
      tooltip: tooltip(days),
      xAxis: categories(rows.map(({ month }) => monthName(month))),
      yAxis: values({
        name: say(DAYS),
        nameTextStyle: { align: 'left', color: COLOURS.muted },
        axisLabel: { formatter: (value: number) => decimal(value, 0) },
      }),
      series: [
        bar(MEDIAN, STAGE_COLOURS.registered, ({ median }) => median),
        bar(P90, COLOURS.before, ({ p90 }) => p90),
      ],
    },
    table: {
      columns: [
        { name: say(MONTH), text: monthName },
        { name: say(COUNT) },
        ...[MEDIAN, P90, LONGEST].map((name) => ({ name: say(name), format: days })),
      ],
      rows: rows.map(({ month, count, median, p90, max }) => [month, count, median, p90, max]),
    },
    summary: say(SUMMARY, { months: rows.length, type: typeName(first.type) }),
    height: 300,
  };
}
