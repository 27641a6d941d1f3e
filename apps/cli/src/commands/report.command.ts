import { Command, InvalidArgumentError, Option } from 'commander';
import { once } from 'node:events';
import { type Report, type ReportFormat } from '#report';
import { REPORT_FORMATS } from '#report/formats';
import { CliError } from '../cli.error.js';
import { addExamples } from '../options/examples.js';
import { addCutOffs, CUT_OFF_NAMES, queryOf } from '../options/question-options.js';
import { intoFile } from '../output/into-file.js';
import { printJson, tell } from '../output/output.js';
import { reportText } from '../output/report-text.js';
import { inSession, type Session } from '../session.js';

interface ReportOptions {
  readonly format?: ReportFormat;
  readonly output?: string;
}

/** What a server calls each format; a report of another kind is not written into the file. */
const MEDIA_TYPES: Readonly<Record<ReportFormat, string>> = {
  json: 'application/json',
  csv: 'application/zip',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html',
};

const ENDINGS: Readonly<Record<string, ReportFormat>> = {
  json: 'json',
  zip: 'csv',
  csv: 'csv',
  xlsx: 'xlsx',
  html: 'html',
  htm: 'html',
};

/** `mip report`: the annual report. */
export function reportCommand(): Command {
  const command = new Command('report')
    .description('the annual report: its tables on the terminal, or as a file')
    .argument('<year>', 'the calendar year', parseYear)
    .addOption(
      new Option(
        '--format <format>',
        'of the file; else what its name ends with. csv is a ZIP with a file a table',
      ).choices([...REPORT_FORMATS]),
    )
    .option('-o, --output <file>', 'the file, - for standard output; with --format else report-YEAR')
    .addOption(new Option('--lang <language>', 'its language').choices(['it', 'en']).default('en'));
  addCutOffs(command);
  addExamples(
    command,
    'mip report 2020 --known-at 2020-12-31',
    'mip report 2020 --known-at 2020-12-31 -o report-2020.xlsx',
    'mip report 2020 --format html --lang it -o - | less',
  );
  return command.action((year: string, options: ReportOptions) => {
    const format = formatOf(options);
    return inSession(command, async (session) => {
      const query = queryOf({ ...options }, [...CUT_OFF_NAMES, 'lang']);
      if (format !== undefined) return fetchFile(session, year, { ...query, format }, options.output);
      const report = await session.client.get<Report>(`/v1/reports/${year}`, query);
      if (isEmpty(report)) {
        tell(`no registration, participation, choice or pact of ${year} is known: all of them count 0`);
      }
      await (session.json
        ? printJson(session.out, report)
        : session.out.write(reportText(report, session.out.width)));
    });
  });
}

/** Whether the four counts of the year are 0. */
function isEmpty({ sections }: Report): boolean {
  const told = sections.flatMap(({ items }) =>
    items.flatMap((item) => (item.type === 'text' ? item.statements : [])),
  );
  const year = told.find(({ id }) => id === 'this-year');
  return year !== undefined && year.values.every(({ value }) => value === 0);
}

function formatOf({ format, output }: ReportOptions): ReportFormat | undefined {
  if (format !== undefined || output === undefined) return format;
  const ending = output.toLowerCase().split('.').at(-1) ?? '';
  const found = ENDINGS[ending];
  if (found !== undefined) return found;
  throw new CliError('usage', `${output}: say which --format (${REPORT_FORMATS.join(', ')})`);
}

async function fetchFile(
  { client, out }: Session,
  year: string,
  query: Readonly<Record<string, string | undefined>> & { readonly format: ReportFormat },
  output: string | undefined,
): Promise<void> {
  const type = MEDIA_TYPES[query.format];
  const answer = await client.open(`/v1/reports/${year}`, query, `${type}, application/problem+json`);
  const given = answer.headers['content-type'] ?? 'nothing';
  if (!given.startsWith(type)) {
    answer.destroy();
    await once(answer, 'close').catch(() => undefined);
    throw new CliError('failed', `the server answered with ${given} instead of ${type}`);
  }
  const path = output ?? `report-${year}.${query.format === 'csv' ? 'zip' : query.format}`;
  const copy = async (to: Pick<Session['out'], 'write'>) => {
    for await (const part of client.partsOf(answer)) await to.write(part);
  };
  if (path === '-') return copy(out);
  await intoFile(path, copy);
  tell(`${path} is written`);
}

function parseYear(text: string): string {
  if (/^\d{4}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a year, YYYY.');
}
