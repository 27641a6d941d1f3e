import { type ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { type Message, say } from '../i18n/language.js';
import { aboutFigures } from '../state/about.js';
import { change, param } from '../state/address.js';
import { type Answer } from '../api/use-answer.js';
import { completenessOf, useComplete } from '../api/use-complete.js';
import { Problem } from '../shell/problem.js';
import { Chart, type Pick } from './chart.js';
import { DataTable } from './data-table.js';
import { save, savePng, saveSvg } from './download.js';
import { keysOf, type Key } from './keys.js';
import { LinkButton } from './link-button.js';
import { type ChartOption } from './option.js';
import { toCsv, type Table } from './table.js';

/** A saved picture is at least so wide, in pixels, also where the screen is narrow. */
const PICTURE_WIDTH = 900;

const SHOW_TABLE: Message = ['Tabella', 'Table'];
const LOADING: Message = ['Caricamento…', 'Loading…'];
const NOTHING: Message = ['Non c’è nulla in questo periodo.', 'There is nothing in this period.'];
const DOWNLOAD: Message = ['Scarica «{title}» come {format}', 'Download “{title}” as {format}'];

/** What is drawn once the answers are there. */
export interface Drawing {
  readonly option: ChartOption;
  readonly table: Table;
  /** What the drawing shows, in a sentence. */
  readonly summary: string;
  readonly height?: number;
  /** Where a bar leads to, by the id of its series and its place; null where it leads nowhere. */
  readonly pick?: Pick;
  /** What it draws beside its series. */
  readonly keys?: readonly Key[];
}

export interface ChartCardProps {
  /** Names the chart in the address and in file names. */
  readonly id: string;
  readonly title: string;
  readonly explanation?: ComponentChildren;
  readonly answers: readonly Answer<unknown>[];
  /** Called only when all answers are there. Undefined: there is nothing to draw. */
  readonly draw: () => Drawing | undefined;
  readonly controls?: ComponentChildren;
  /** What a saved picture is about; without it what all figures of the page are cut by. */
  readonly about?: string;
  /** What stands under the drawing, made of the same answers. */
  readonly below?: () => ComponentChildren;
}

const openTables = () => new Set((param('tables') ?? '').split(',').filter((id) => id !== ''));

function toggleTable(id: string): void {
  const open = openTables();
  if (!open.delete(id)) open.add(id);
  change({ tables: open.size === 0 ? null : [...open].join(',') });
}

/** A chart with its table, its downloads and the link that shows it again. */
export function ChartCard(props: ChartCardProps) {
  const { id, title, explanation, answers, draw, controls, below, about } = props;
  const state = completenessOf(answers);
  const made = useComplete(answers, () => ({ drawing: draw(), below: below?.() }));
  const drawing = made?.drawing;
  const failed = answers.find(({ problem }) => problem !== undefined);
  return (
    <section class="card" id={id} aria-labelledby={`${id}-title`} aria-busy={state === 'loading'}>
      <div class="card-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {drawing && <Actions id={id} title={title} drawing={drawing} about={about ?? aboutFigures()} />}
      </div>
      {explanation && <p class="card-explanation">{explanation}</p>}
      {controls && <div class="controls">{controls}</div>}
      {failed && <Problem problem={failed.problem} />}
      {!failed && !made && <p class="card-empty">{say(LOADING)}</p>}
      {made && !drawing && <p class="card-empty">{say(NOTHING)}</p>}
      {drawing && (
        <Chart
          option={drawing.option}
          keys={keysOf(drawing.option, drawing.keys)}
          height={drawing.height ?? 340}
          label={`${title}. ${drawing.summary}`}
          pick={drawing.pick}
        />
      )}
      {drawing && made?.below}
      {drawing && openTables().has(id) && <DataTable table={drawing.table} caption={title} />}
    </section>
  );
}

interface ActionsProps {
  readonly id: string;
  readonly title: string;
  readonly drawing: Drawing;
  readonly about: string;
}

function Actions({ id, title, drawing, about }: ActionsProps) {
  const list = useRef<HTMLDivElement>(null);
  const { option, table, height = 340 } = drawing;
  const caption = { title, note: about, keys: keysOf(option, drawing.keys) };
  const size = () => ({
    width: Math.max(PICTURE_WIDTH, list.current?.closest('section')?.clientWidth ?? 0),
    height,
  });
  const csv = () => save(new Blob([toCsv(table)], { type: 'text/csv;charset=utf-8' }), `${id}.csv`);
  const downloads = [
    ['CSV', csv],
    ['PNG', () => void savePng(option, caption, size(), `${id}.png`)],
    ['SVG', () => void saveSvg(option, caption, size(), `${id}.svg`)],
  ] as const;
  return (
    <div class="actions" ref={list}>
      <button type="button" aria-pressed={openTables().has(id)} onClick={() => toggleTable(id)}>
        {say(SHOW_TABLE)}
        <span class="visually-hidden"> {title}</span>
      </button>
      {downloads.map(([format, start]) => (
        <button type="button" onClick={start} aria-label={say(DOWNLOAD, { title, format })}>
          {format}
        </button>
      ))}
      <LinkButton id={id} title={title} />
    </div>
  );
}
