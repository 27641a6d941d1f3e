import { type List } from '../../api/answers.js';
import { type TriangleCell, type TriangleRow } from '../../api/hysteresis-answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { type HeatCell, heatSeries } from '../../charts/heat-map.js';
import { narrow } from '../../charts/narrow.js';
import { categories, frame } from '../../charts/option.js';
import { tooltipElement } from '../../charts/tooltip.js';
import { count, monthName, percent } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { CONVERTED, LOST, MONTH, PENDING } from '../../i18n/words.js';
import { Segments } from '../../shell/controls.js';
import { change, param } from '../../state/address.js';
import { aboutHysteresis, hysteresisParameters } from './question.js';

const TITLE: Message = ['Mese d’ingresso per mese d’ingresso', 'By month of entry'];
const EXPLANATION: Message = [
  'Ogni riga è un mese d’ingresso, ogni colonna quanti mesi dopo; la cella dice la quota fino alla fine di quel mese. Le celle tratteggiate non sono mature e possono ancora crescere: quel mese non era finito, o non tutto era già registrato.',
  'Each row is a month of entry, each column how many months later; the cell tells the share by the end of that month. Hatched cells are immature and may still grow: that month had not ended yet, or not everything was recorded.',
];
const SHARE: Message = ['Quota', 'Share'];
const SIZE: Message = ['Seguiti', 'Followed'];
const AFTER: Message = ['Dopo mesi', 'Months later'];
const AGE: Message = ['{month}, dopo {age} mesi', '{month}, {age} months later'];
const IMMATURE: Message = ['Non ancora matura', 'Immature'];
const NOT_OVER: Message = ['Mese non finito', 'Month not over'];
const NOT_RECORDED: Message = ['Non ancora tutto registrato', 'Not all recorded yet'];
const MATURE: Message = ['Matura', 'Mature'];
const STATE: Message = ['Cella', 'Cell'];
const SUMMARY: Message = [
  '{months} mesi d’ingresso, fino a {ages} mesi dopo.',
  '{months} months of entry, up to {ages} months later.',
];
/** Months later that are drawn, fewer where the screen is narrow; the table has all. */
const mostAges = (): number => (narrow.value ? 11 : 24);
const CUT = [
  'Sono disegnati i primi {drawn} mesi su {all}: la tabella e il CSV li hanno tutti.',
  'The first {drawn} of {all} months are drawn: the table and the CSV have them all.',
] as const;
const RAMP: Message = ['da 0 a 100 % di chi è entrato', '0 to 100 % of those who entered'];
const UNITS: Message = ['i numeri nelle celle sono %', 'the numbers in the cells are %'];
const KINDS = [
  ['converted', CONVERTED],
  ['pending', PENDING],
  ['lost', LOST],
] as const;

type Kind = (typeof KINDS)[number][0];

/** The run-off triangle as a heat map. */
export function Triangle() {
  const kind: Kind = KINDS.find(([name]) => name === param('cells'))?.[0] ?? 'converted';
  const answer = useAnswer<List<TriangleRow>>('/v1/hysteresis/triangle', hysteresisParameters());
  return (
    <ChartCard
      id="triangle"
      title={say(TITLE)}
      explanation={say(EXPLANATION)}
      answers={[answer]}
      about={aboutHysteresis()}
      draw={() => draw(answer.data!.items, kind)}
      below={() => <Cut rows={answer.data!.items} />}
      controls={
        <Segments
          label={say(SHARE)}
          value={kind}
          choices={KINDS.map(([value, name]) => ({ value, label: say(name) }))}
          onChange={(value) => change({ cells: value === 'converted' ? null : value })}
        />
      }
    />
  );
}

const stateOf = ({ complete, recorded }: TriangleCell): Message =>
  complete ? (recorded ? MATURE : NOT_RECORDED) : NOT_OVER;

/** Says that not all months are drawn. */
function Cut({ rows }: { readonly rows: readonly TriangleRow[] }) {
  const all = Math.max(0, ...rows.flatMap(({ cells }) => cells.map(({ age }) => age)));
  if (all <= mostAges()) return null;
  return <p class="notice">{say(CUT, { drawn: mostAges(), all })}</p>;
}

interface ShownCell extends HeatCell {
  readonly title: string;
  readonly number: number;
  readonly share: number;
  readonly state: Message;
}

function shownCells(rows: readonly TriangleRow[], kind: Kind): ShownCell[] {
  return rows.flatMap(({ month, size, cells }, row) =>
    cells
      .filter(({ age }) => age <= mostAges())
      .map((cell) => {
        const value = size === 0 ? 0 : cell[kind] / size;
        return {
          column: cell.age,
          row,
          value,
          label: String(Math.round(100 * value)),
          hatched: !cell.complete || !cell.recorded,
          state: stateOf(cell),
          title: say(AGE, { month: monthName(month), age: cell.age }),
          number: cell[kind],
          share: 100 * value,
        };
      }),
  );
}

function draw(items: readonly TriangleRow[], kind: Kind): Drawing | undefined {
  const rows = items.filter(({ size }) => size > 0);
  const cells = shownCells(rows, kind);
  if (cells.length === 0) return undefined;
  const ages = Math.max(...cells.map(({ column }) => column));
  const name = say(KINDS.find(([one]) => one === kind)![1]);
  const { grid } = frame({});
  const formatter = ({ dataIndex }: { dataIndex: number }) => {
    const cell = cells[dataIndex]!;
    return tooltipElement(cell.title, [
      { name, value: `${count(cell.number)} (${percent(cell.share)})` },
      { name: say(cell.state), value: '' },
    ]);
  };
  return {
    option: frame({
      grid: { ...grid, top: 8, bottom: 36 },
      tooltip: { trigger: 'item', confine: true, formatter: formatter as never },
      xAxis: categories(
        Array.from({ length: ages + 1 }, (_, age) => String(age)),
        { name: say(AFTER), nameLocation: 'middle', nameGap: 32, axisLine: { show: false } },
      ),
      yAxis: categories(
        rows.map(({ month, size }) => `${monthName(month)} (${count(size)})`),
        {
          inverse: true,
          axisLine: { show: false },
        },
      ),
      series: [heatSeries(name, cells)],
    }),
    table: {
      columns: [MONTH, SIZE, AFTER, ...KINDS.map(([, one]) => one), STATE].map((one) =>
        one === MONTH ? { name: say(one), text: monthName } : { name: say(one) },
      ),
      rows: rows.flatMap(({ month, size, cells: all }) =>
        all.map((cell) => [month, size, cell.age, ...KINDS.map(([one]) => cell[one]), say(stateOf(cell))]),
      ),
    },
    summary: say(SUMMARY, { months: rows.length, ages }),
    keys: [
      { name: `${say(RAMP)}; ${say(UNITS)}`, colour: '', shape: 'ramp' },
      { name: say(IMMATURE), colour: '', shape: 'hatched' },
    ],
    height: 68 + rows.length * 30,
  };
}
