import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportFigures as printed } from '#history';
import { type Report, type ReportItem } from '#report';
import { PRINTED_ANSWERS, PRINTED_CELLS, type PrintedCell } from './support/printed-report.js';
import { PRINTED_TEXT } from './support/printed-text.js';
import { cellIn, readArchive, readWorkbook } from './support/report-files.js';
import { ServerProcess } from './support/server-process.js';

let folder: string;
let server: ServerProcess;
let report: Report;
let items: Map<string, ReportItem>;

const PRINTED_STATE = 'knownAt=2020-12-31&until=2020-12-31';
const itemsOf = (made: Report) =>
  new Map(made.sections.flatMap((section) => section.items).map((item) => [item.id, item]));

/** What the report shows at the place of a printed figure. */
function shownAt({ item: id, row, column }: PrintedCell, among = items): unknown {
  const item = among.get(id);
  if (item?.type === 'table') return item.rows.find(({ key }) => key === row)?.cells[column];
  if (item?.type !== 'text') return undefined;
  return item.statements.find((one) => one.id === row)?.values.find(({ key }) => key === column)?.value;
}

/** The places where something else is shown than what was printed. */
const differing = (cells: readonly PrintedCell[], shown: (cell: PrintedCell) => unknown = shownAt) =>
  cells.map((cell) => ({ ...cell, shown: shown(cell) })).filter((cell) => cell.shown !== cell.value);

interface LoggedFact {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly data: { readonly id?: string };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'percorso-annual-'));
  server = await ServerProcess.start(folder, { program: 'demo', ready: false, limitMs: 120_000 });
  await server.printing('curl', 120_000);
  report = await server.get<Report>(`/v1/reports/2020?${PRINTED_STATE}&lang=en`);
  items = itemsOf(report);
}, 250_000);

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the annual report 2020 as JSON', () => {
  it('has Tables 1 to 12 and Figures 1 to 21', () => {
    const all = [...items.values()];
    const numbers = (type: 'table' | 'figure') =>
      all
        .flatMap((item) => (item.type === type && item.number !== null ? [item.number] : []))
        .sort((a, b) => a - b);
    expect(numbers('table')).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(numbers('figure')).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
  });

  it('has its items in the order of the printed report, each under a name of its own', () => {
    const registered = report.sections.find(({ id }) => id === 'registered-section')!.items;
    expect(registered.map(({ id }) => id).filter((id) => /^(table|figure)-/.test(id))).toEqual([
      'table-2',
      'figure-4',
      'figure-5',
      'figure-6',
      'figure-7',
    ]);
    // A table and the figure drawn from it may share a title: they have numbers.
    const all = [...items.values()].filter(({ type }) => type !== 'text');
    const shared = all.filter(
      (item) =>
        item.type === 'table' &&
        item.number === null &&
        all.some((one) => one !== item && one.title === item.title),
    );
    expect(shared).toEqual([]);
  });

  it('shows every figure of Tables 1 to 11', () => {
    expect(PRINTED_CELLS.length).toBeGreaterThan(1000);
    expect(differing(PRINTED_CELLS)).toEqual([]);
  });

  it('shows every answer of Table 12, and how people heard of the programme', () => {
    const answers = items.get('table-12') as Extract<ReportItem, { type: 'table' }>;
    const rows = answers.rows.map(({ codes }) =>
      ['sa', 'tutor', 'methods', 'organisation'].map((key) => codes![key]).join(),
    );
    expect(rows.sort()).toEqual(PRINTED_ANSWERS);
    const { how_heard: heard, would_recommend: recommended } = printed.table12_questionnaire;
    const ways = items.get('figure-20') as Extract<ReportItem, { type: 'figure' }>;
    for (const territory of ['TO', 'CN'] as const) {
      const { values } = ways.series.find(({ key }) => key === territory)!;
      expect(heard.scale.map((way) => values[ways.categories.findIndex(({ key }) => key === way)])).toEqual(
        heard[territory],
      );
    }
    const recommend = items.get('figure-21') as Extract<ReportItem, { type: 'figure' }>;
    expect(recommend.series[0]!.values).toEqual([recommended, 0]);
  });

  it('shows every figure that the report tells in its text', () => {
    expect(differing(PRINTED_TEXT)).toEqual([]);
    const share = shownAt({ item: 'help-desk-text', row: 'information-requests', column: 'share', value: 0 });
    expect(share).toBeGreaterThan(printed.prose.information_requests_pct_over);
  });

  it('tells in its introduction which services were suspended, and of the remote meetings', () => {
    const { statements } = items.get('introduction-text') as Extract<ReportItem, { type: 'text' }>;
    const told = statements.slice(2).map(({ label, values }) => [label, ...values.map(({ value }) => value)]);
    expect(told).toEqual([
      ['Suspension: choice of the SA', '2020-01-01', '2020-09-14'],
      ['Suspension: signing of service pacts', '2020-01-01', '2020-09-14'],
      ['Suspension: pre-reception meetings', '2020-02-24', '2020-04-27'],
      ['Remote meetings', '2020-04-27', 536],
    ]);
  });

  it.each([
    [
      'table-7',
      [
        [119, 106],
        [92, 105],
      ],
    ],
    [
      'registered-change',
      [
        [-47.7, 47.37],
        [-87.2, -87.2],
        [-46.7, -46.67],
      ],
    ],
    ['table-11', [[34.27, 40.47]]],
    ['absence-text', [[15.43, 15.51]]],
    [
      'summary-text',
      [
        [31, 31.6],
        [31, 31.55],
      ],
    ],
    [
      'participation-by-mode',
      [
        [12, 11.37],
        [53, 53.15],
        [2, 1.66],
        [4, 3.6],
        [2, 2.43],
        [10, 10.4],
        [8, 7.48],
        [10, 9.91],
      ],
    ],
  ])('computes rightly what was printed wrongly, and says so: %s', (id, expected) => {
    const differences = items.get(id)!.notes.flatMap((note) => note.differences);
    expect(differences.map((one) => [one.printed, one.computed])).toEqual(expected);
  });

  it('tells the period ratio from the cohort', () => {
    const total = (column: string) => shownAt({ item: 'table-8', row: 'total', column, value: 0 }) as number;
    expect(total('chosePct')).toBe(65.77);
    // 187 of the 949 had chosen before: at most 762 of the 1,443 did.
    expect(total('cohortConverted')).toBeLessThanOrEqual(762);
    expect(total('cohortConverted') + total('cohortLost') + total('cohortPending')).toBe(1443);
    const [note] = items.get('table-8')!.notes;
    expect(note!.text).toContain('187 of the 949');
  });

  it('says how to read the facts behind figures that lead to no people', async () => {
    const [, path = '', pattern = ''] = /"\$PERCORSO_URL(.*?)".* grep -E '(.*)'$/.exec(
      report.makeAgain.facts,
    )!;
    const answer = await fetch(server.url + path, { headers: { accept: 'application/x-ndjson' } });
    const lines = (await answer.text()).split('\n').filter((line) => new RegExp(pattern).test(line));
    const facts = lines.map((line) => JSON.parse(line) as LoggedFact);
    const takenBack = new Set(
      facts.flatMap(({ type, data }) => (type.includes('retracted') ? [data.id] : [])),
    );
    const contacts = facts.filter(
      ({ id, type, time }) =>
        type.includes('contact-handled') && time.startsWith('2020') && !takenBack.has(id),
    );
    const total = shownAt({ item: 'table-1', row: 'total', column: 'sum', value: 0 });
    expect(contacts.length).toBe(total);
  });

  it('tells where meetings by phone and participants differ', () => {
    const [note] = items.get('table-6')!.notes;
    expect(
      note!.differences.map(({ label, printed: people, computed }) => [
        label.split(' (')[0],
        people,
        computed,
      ]),
    ).toEqual([
      ['Pre-accoglienza telefonica - Asti, December', 6, 5],
      ['Pre-accoglienza telefonica - Alessandria, December', 9, 8],
      ['Pre-accoglienza telefonica - Novara, November', 8, 9],
      ['Pre-accoglienza telefonica - Vercelli, December', 2, 1],
      ['Pre-accoglienza telefonica - Cuneo, November', 30, 29],
    ]);
  });
});

/** The row of a sheet with an answer to the questionnaire, in the codes of its facts. */
function answerCodes([, name, ...given]: readonly unknown[]): string {
  const sa = printed.providers.find((one) => one.name === name)?.code;
  const codes = given.map((words) => String(words).toLowerCase().replace(' ', '_'));
  return [sa, ...codes].join();
}

async function ask(year: number, query: string, accept?: string) {
  const headers: Record<string, string> = accept === undefined ? {} : { accept };
  const answer = await fetch(`${server.url}/v1/reports/${year}?${query}`, { headers });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { status: answer.status, headers: answer.headers, bytes };
}
/** What no format of the report has. */
const hasLongTail = (cell: unknown) => typeof cell === 'number' && /\.\d{3}/.test(String(cell));

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

describe('the annual report 2020 as files', () => {
  it('shows every printed figure in the cells of the workbook', async () => {
    const answer = await ask(2020, `${PRINTED_STATE}&lang=en&format=xlsx`);
    expect(answer.headers.get('content-type')).toBe(XLSX);
    const sheets = await readWorkbook(answer.bytes);
    const table = ({ type, number, title }: ReportItem & { number?: number | null }) =>
      type === 'table' && number !== null ? `Table ${number}. ${title}` : title;
    const names = { table, texts: 'Texts' };
    const shown = (cell: PrintedCell) => cellIn(sheets, names, report, cell);
    expect(differing([...PRINTED_CELLS, ...PRINTED_TEXT], shown)).toEqual([]);
    const answers = sheets.get('Table 12. Satisfaction, a row an answer')!;
    expect(answers.rows.map(answerCodes).sort()).toEqual(PRINTED_ANSWERS);
    const ways = sheets.get('Figure 20. How they came to know of the programme')!;
    const { scale, TO, CN } = printed.table12_questionnaire.how_heard;
    expect(ways.rows.map((row) => [row[0], row[2], row[5]])).toEqual(
      scale.map((way, index) => [way, TO[index], CN[index]]),
    );
    // Each number of people leads to them, and the last sheet tells how to make it again.
    expect(sheets.get('Sources')!.rows.flat()).toContain(
      '/v1/journeys?stage=attended&from=2020-01-01&to=2020-12-31&territory=CN&until=2020-12-31&knownAt=2020-12-31',
    );
    const about = new Map(sheets.get('Report')!.rows.map(([what, value]) => [what, value]));
    expect(about.get('Position in the log of facts')).toBe(report.position);
    expect(about.get('By a request')).toBe(report.makeAgain.curl);
  });

  it('shows every printed figure in the CSV files', async () => {
    const answer = await ask(2020, `${PRINTED_STATE}&lang=en`, 'text/csv');
    expect(answer.headers.get('content-type')).toBe('application/zip');
    const files = readArchive(answer.bytes);
    const table = ({ id }: ReportItem) => `${id.replace(/-(\d)$/, '-0$1')}.csv`;
    const names = { table, texts: 'texts.csv' };
    const shown = (cell: PrintedCell) => cellIn(files, names, report, cell);
    expect(differing([...PRINTED_CELLS, ...PRINTED_TEXT], shown)).toEqual([]);
    const longTails = [...files.values()].flatMap(({ rows }) => rows.flat().filter(hasLongTail));
    expect(longTails).toEqual([]);
  });

  it('is a page of its own in either language, with notes where it was printed wrongly', async () => {
    for (const [lang, words] of [
      ['it', ['Tabella 7. Scelte per SA e mese', 'Nota', '1.443', '65,77%', '15,51%']],
      ['en', ['Table 7. Choices by SA and month', 'Note', '1,443', '65.77%', '15.51%']],
    ] as const) {
      const answer = await ask(2020, `${PRINTED_STATE}&lang=${lang}`, 'text/html,*/*;q=0.8');
      const page = Buffer.from(answer.bytes).toString();
      expect(page).toContain(`<html lang="${lang}">`);
      for (const word of words) expect(page).toContain(word);
      expect(page.match(/<svg/g)).toHaveLength(21);
      expect(page).not.toMatch(/<script|<link|<img|style="|(?:src|href)="(?:https?:)?\/\//);
      expect(answer.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-/,
      );
      expect(page).not.toContain('undefined');
    }
  });

  it.each([
    [undefined, 'application/json; charset=utf-8'],
    ['application/json', 'application/json; charset=utf-8'],
    [XLSX, XLSX],
    ['application/zip', 'application/zip'],
    ['text/html', 'text/html; charset=utf-8'],
  ])('answers Accept %s with %s', async (accept, type) => {
    const answer = await ask(2020, PRINTED_STATE, accept);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
  });

  it('refuses what it cannot be had as', async () => {
    expect((await ask(2020, '', 'image/png')).status).toBe(406);
    expect((await ask(2020, 'format=pdf')).status).toBe(400);
  });

  it.each([
    [2021, ''],
    [2019, 'knownAt=2019-06-30'],
    [2017, 'until=2017-03-31'],
  ])('can be made of %d (%s)', async (year, query) => {
    for (const format of ['xlsx', 'csv', 'html']) {
      const answer = await ask(year, `${query}&format=${format}`);
      expect([answer.status, answer.bytes.length > 10_000]).toEqual([200, true]);
    }
  });
});
