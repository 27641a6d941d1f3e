import { type JourneyItem, type JourneyPage } from '../../api/people-answers.js';
import { type Parameters, request, urlOf } from '../../api/client.js';
import { save } from '../../charts/download.js';
import { toCsv } from '../../charts/table.js';

const COLUMNS = [
  'id',
  'status',
  'day',
  'territory',
  'venue',
  'mode',
  'sa',
  'gender',
  'education',
  'employment',
  'outcome',
  'delayDays',
] as const satisfies readonly (keyof JourneyItem)[];
/** The most that the server gives at once. */
const PAGE_SIZE = 1_000;

/**
 * Saves all people that fit a question as CSV, in the codes of the API.
 *
 * @throws RequestProblem when a page is refused
 */
export async function savePeople(parameters: Parameters): Promise<void> {
  const rows: (string | number | null)[][] = [];
  let url: string | null = urlOf('/v1/journeys', { ...parameters, cursor: null, limit: PAGE_SIZE });
  while (url !== null) {
    const page: JourneyPage = await request<JourneyPage>(url);
    rows.push(...page.items.map((item) => COLUMNS.map((name) => item[name] ?? null)));
    url = page.next;
  }
  const table = { columns: COLUMNS.map((name) => ({ name })), rows };
  save(new Blob([toCsv(table)], { type: 'text/csv;charset=utf-8' }), 'journeys.csv');
}
