import { count, percent } from '../i18n/format.js';
import { type Message, say } from '../i18n/language.js';
import { CONVERTED, LOST, PENDING } from '../i18n/words.js';
import { type ChartOption, frame, namesBeside, type Series, values } from './option.js';
import { COLOURS } from './palette.js';
import { type Table } from './table.js';

const SIZE: Message = ['Persone', 'People'];
const ABANDONED: Message = ['di cui abbandoni', 'of which abandoned'];
const NOT_ADMISSIBLE: Message = ['di cui non ammissibili', 'of which not admissible'];

/** What became of the members of one row. */
export interface OutcomeRow {
  readonly name: string;
  readonly size: number;
  readonly converted: number;
  readonly pending: number;
  readonly abandoned: number;
  readonly notAdmissible: number;
}

const lostOf = ({ abandoned, notAdmissible }: OutcomeRow) => abandoned + notAdmissible;
const share = (part: number, whole: number) => (whole === 0 ? null : (100 * part) / whole);

const KINDS = [
  ['converted', CONVERTED, COLOURS.converted, (row: OutcomeRow) => row.converted, '#fff'],
  ['pending', PENDING, COLOURS.pending, (row: OutcomeRow) => row.pending, COLOURS.text],
  ['lost', LOST, COLOURS.lost, lostOf, '#fff'],
] as const;

/** A part narrower than this share of the bar has no room for its number. */
const LABEL_SHARE = 0.06;

/** A bar a row, split into converted, pending and lost. */
export function outcomeOption(rows: readonly OutcomeRow[]): ChartOption {
  const longest = Math.max(...rows.map(({ size }) => size), 1);
  const series = KINDS.map(([id, message, colour, read, ink]): Series => ({
    type: 'bar',
    id,
    name: say(message),
    stack: 'outcome',
    barMaxWidth: 38,
    itemStyle: { color: colour, borderColor: '#fff', borderWidth: 1 },
    label: {
      show: true,
      color: ink,
      fontWeight: 600,
      formatter: ({ value }) => (Number(value) >= longest * LABEL_SHARE ? count(Number(value)) : ''),
    },
    data: rows.map(read),
  }));
  return frame({
    yAxis: namesBeside(rows.map(({ name }) => name)),
    xAxis: values(),
    series,
  });
}

export function outcomeTable(first: string, rows: readonly OutcomeRow[]): Table {
  const shares = { format: (value: number) => percent(value) };
  return {
    columns: [
      { name: first },
      { name: say(SIZE) },
      ...KINDS.flatMap(([, message]) => [{ name: say(message) }, { name: `${say(message)} %`, ...shares }]),
      { name: say(ABANDONED) },
      { name: say(NOT_ADMISSIBLE) },
    ],
    rows: rows.map((row) => [
      row.name,
      row.size,
      ...KINDS.flatMap(([, , , read]) => [read(row), share(read(row), row.size)]),
      row.abandoned,
      row.notAdmissible,
    ]),
  };
}
