import { GROUP_KEYS } from '#measures/selection';
import { type Item, valueAt } from './figure.js';
import { type Cell, renderTable } from './table.js';

interface Fact extends Item {
  readonly type: string;
  readonly time: string;
  readonly recordedtime: string;
  readonly data: Item;
}

/** A journey as it is answered. */
export interface OneJourney {
  readonly id: string;
  readonly status: string | null;
  readonly entries: readonly Item[];
  readonly facts: readonly Fact[];
  readonly retractions: readonly Fact[];
  readonly [member: string]: unknown;
}

/** A journey with its entries, and its facts on both time axes. */
export function journeyText({ id, status, entries, facts, retractions }: OneJourney, width?: number): string {
  const names = ['stage', 'cycle', 'day', 'returning', ...GROUP_KEYS];
  const entryTable = renderTable(
    {
      columns: names.map((title) => ({ title, isKey: title === 'stage' })),
      rows: entries.map((entry): Cell[] => names.map((name) => valueAt(entry, name))),
    },
    width,
  );
  return [
    `journey ${id}, status ${status ?? 'none'}`,
    `\nentries\n${entryTable}`,
    `facts\n${factTable(facts, width)}`,
    ...(retractions.length > 0 ? [`retractions\n${factTable(retractions, width)}`] : []),
  ].join('\n');
}

function factTable(facts: readonly Fact[], width?: number): string {
  return renderTable(
    {
      columns: ['type', 'occurred', 'recorded', 'data'].map((title) => ({ title, isKey: title === 'type' })),
      rows: facts.map(({ type, time, recordedtime, data }) => [
        type,
        time,
        recordedtime,
        JSON.stringify(data),
      ]),
    },
    width,
  );
}
