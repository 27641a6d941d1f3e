import { type FigureItem, type Report, type ReportItem, type TableItem } from './document.js';

const NOTHING_BESIDE = { sources: [], notes: [] };

/** A table whose printed figures differ in the decimals that they were printed with. */
export const PRINTED_OTHERWISE: TableItem = {
  ...NOTHING_BESIDE,
  type: 'table',
  id: 'table-4',
  number: 4,
  title: 'Absence',
  columns: [
    { key: 'territory', label: 'Territory', format: 'text' },
    { key: 'people', label: 'People', format: 'integer' },
    { key: 'ratePct', label: 'Rate', format: 'percent' },
  ],
  rows: [
    {
      key: 'TO',
      kind: 'item',
      cells: { territory: 'Torino', people: 0, ratePct: 11.37 },
      links: { people: '/v1/journeys?stage=attended&territory=TO&mode=online' },
    },
  ],
  notes: [
    {
      text: 'Printed otherwise.',
      differences: [
        { label: 'whole', printed: 12, computed: 11.37, format: 'percent' },
        { label: 'one', printed: -87.2, computed: -87.2, format: 'percent' },
        { label: 'two', printed: 15.43, computed: 15.51, format: 'percent' },
        { label: 'count', printed: 1119, computed: 1106, format: 'integer' },
      ],
    },
  ],
};

/** Columns by month, and a series of another size on the right. */
export const LINE_OVER_COLUMNS: FigureItem = {
  ...NOTHING_BESIDE,
  type: 'figure',
  id: 'figure-12',
  number: 12,
  title: 'Participants',
  chart: 'columns',
  unit: 'People',
  categories: ['01', '02', '03', '04'].map((month) => ({ key: `2020-${month}`, label: month })),
  series: [
    { key: 'TO', label: 'TO', format: 'integer', axis: 'right', values: [79, 77, 8, 103] },
    { key: 'AL', label: 'AL', format: 'integer', axis: 'left', values: [25, 15, 12, 19] },
    { key: 'BI', label: 'BI', format: 'integer', axis: 'left', values: [15, 17, 3, 31] },
    { key: 'CN', label: 'CN', format: 'integer', axis: 'left', values: [15, 6, 3, 23] },
  ],
};

/** A report of these items. */
export const reportOf = (...items: readonly ReportItem[]): Report => ({
  year: 2020,
  lang: 'it',
  knownAt: '2020-12-31',
  until: '2020-12-31',
  title: 'Rapporto',
  subtitle: '2020',
  sections: [{ id: 'summary', title: 'Sintesi', items }],
  position: '7',
  catalogue: 'abc',
  madeAt: '2021-01-04T08:00:00.000Z',
  makeAgain: { curl: 'curl', mip: 'mip', replay: '/v1/audit/replay', facts: 'curl | grep' },
});
