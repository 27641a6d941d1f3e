import { count, decimal, percent } from '../i18n/format.js';
import { type Message, say } from '../i18n/language.js';
import { CONVERTED, LOST, PENDING } from '../i18n/words.js';
import { HIDDEN } from './incidence.js';
import { narrow } from './narrow.js';
import { type ChartOption, frame, namesBeside, type Series, values } from './option.js';
import { COLOURS } from './palette.js';
import { type Table } from './table.js';
import { tooltip } from './tooltip.js';

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
  /** Where the people of an outcome are listed, or all of them; null for who may not see them. */
  readonly people?: (outcome?: ListedOutcome) => string | null;
}

type ListedOutcome = 'converted' | 'pending' | 'abandoned' | 'notAdmissible';

const lostOf = ({ abandoned, notAdmissible }: OutcomeRow) => abandoned + notAdmissible;
const share = (part: number, whole: number) => (whole === 0 ? null : (100 * part) / whole);

const KINDS = [
  ['converted', CONVERTED, COLOURS.converted, (row: OutcomeRow) => row.converted, '#fff'],
  ['pending', PENDING, COLOURS.pending, (row: OutcomeRow) => row.pending, COLOURS.text],
  ['lost', LOST, COLOURS.lost, lostOf, '#fff'],
] as const;

const PEOPLE: Message = ['Persone', 'People'];
const SHARES: Message = ['Quote', 'Shares'];

/** Whether bars are as long as there are people, or all the same; the choices and what the address says. */
export const BAR_CHOICES = [
  { value: 'people', name: PEOPLE },
  { value: 'shares', name: SHARES },
] as const;
export type Bars = (typeof BAR_CHOICES)[number]['value'];

const OUTSIDE = -1_000;

/** A number with no room in its part of the bar is not drawn there: it stands at the end of the bar. */
const insideOnly = ({ rect, labelRect }: { rect: { width: number }; labelRect: { width: number } }) =>
  labelRect.width + 6 > rect.width ? { x: OUTSIDE } : {};

const whole = (value: number | null) => (value === null ? '–' : decimal(value, 0));

/** How many there are, and their shares in the order of the parts: `1,704: 83 · 14 · 3 %`. */
function endOf(row: OutcomeRow): string {
  const shares = KINDS.map(([, , , read]) => whole(share(read(row), row.size))).join(' · ');
  return narrow.value ? count(row.size) : `${count(row.size)}: ${shares} %`;
}

/** A bar a row, split into converted, pending and lost. */
export function outcomeOption(rows: readonly OutcomeRow[], bars: Bars = 'people'): ChartOption {
  const shown = (row: OutcomeRow, value: number) =>
    bars === 'people' ? value : (share(value, row.size) ?? 0);
  const parts = KINDS.map(([id, message, colour, read, ink]): Series => ({
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
      formatter: ({ value }) =>
        Number(value) === 0 ? '' : bars === 'people' ? count(Number(value)) : percent(Number(value), 0),
    },
    labelLayout: insideOnly as never,
    data: rows.map((row) => shown(row, read(row))),
  }));
  const ends: Series = {
    type: 'bar',
    name: `${HIDDEN}ends`,
    stack: 'outcome',
    silent: true,
    label: {
      show: true,
      position: 'right',
      color: COLOURS.text,
      formatter: ({ dataIndex }) => endOf(rows[dataIndex]!),
    },
    data: rows.map(() => 0),
  };
  const { grid, ...shared } = frame({});
  return {
    ...shared,
    ...(bars === 'people' ? {} : { tooltip: tooltip((value) => percent(value)) }),
    grid: { ...grid, right: narrow.value ? 52 : 150 },
    yAxis: namesBeside(rows.map(({ name }) => name)),
    xAxis:
      bars === 'people'
        ? values()
        : values({ max: 100, interval: 25, axisLabel: { formatter: (value: number) => `${value} %` } }),
    series: [...parts, ends],
  };
}

/** Where a part of a bar leads to; those who are lost are two lists, which the table has. */
export const outcomePick =
  (rows: readonly OutcomeRow[]) =>
  (part: string, index: number): string | null =>
    part === 'converted' || part === 'pending' ? (rows[index]?.people?.(part) ?? null) : null;

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
    links: rows.map(({ people = () => null }) => [
      ...[null, people()],
      ...[people('converted'), null, people('pending'), null, null, null],
      ...[people('abandoned'), people('notAdmissible')],
    ]),
  };
}
