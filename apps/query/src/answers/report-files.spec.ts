import { strFromU8, unzipSync } from 'fflate';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from '#http';
import { type Report, type TableItem } from '#report';
import { LINE_OVER_COLUMNS, PRINTED_OTHERWISE, reportOf } from '#report/small-report.fixture';
import { type FileFormat, fileOf } from './report-file.js';
import { ReportFiles } from './report-files.js';

const FORMATS: readonly FileFormat[] = ['csv', 'xlsx', 'html'];
const SMALL = reportOf(PRINTED_OTHERWISE, LINE_OVER_COLUMNS);

/** A report that takes some hundred milliseconds to become a workbook. */
function large(): Report {
  const [row] = PRINTED_OTHERWISE.rows;
  const rows = Array.from({ length: 1_000 }, (_, index) => ({ ...row!, key: String(index) }));
  return reportOf({ ...PRINTED_OTHERWISE, rows } satisfies TableItem);
}

/** What is in a file; an archive also tells when it was made. */
function contentOf(file: Uint8Array): unknown {
  if (strFromU8(file.subarray(0, 2)) !== 'PK') return strFromU8(file);
  return Object.entries(unzipSync(file)).map(([name, content]) => [
    name,
    strFromU8(content).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a time'),
  ]);
}

describe('files of reports', () => {
  let files: ReportFiles;

  beforeEach(() => {
    files = new ReportFiles();
  });
  afterEach(() => files.onModuleDestroy());

  it('are in every format what the calling thread would make, also when asked for together', async () => {
    const made = await Promise.all(FORMATS.map((format) => files.make(SMALL, format)));
    const here = await Promise.all(FORMATS.map((format) => fileOf(SMALL, format)));
    expect(made.map(contentOf)).toEqual(here.map(contentOf));
  });

  it('leave the calling thread free', async () => {
    await files.make(SMALL, 'xlsx');
    let done = false;
    const file = files.make(large(), 'xlsx').finally(() => (done = true));
    let turns = 0;
    for (; !done; turns += 1) await nextTurn();
    expect((await file).byteLength).toBeGreaterThan(10_000);
    // Made here it would be done within a few.
    expect(turns).toBeGreaterThan(1_000);
  });

  it('tell of a report that cannot be made into one, and go on', async () => {
    const broken = { ...SMALL, sections: null } as unknown as Report;
    const [failed, made] = await Promise.allSettled([files.make(broken, 'html'), files.make(SMALL, 'html')]);
    expect(failed).toMatchObject({
      status: 'rejected',
      reason: { message: /could not be made into a file/ },
    });
    expect(made.status).toBe('fulfilled');
  });

  it('are refused when the thread ends, and made by another one next time', async () => {
    const waiting = files.make(large(), 'xlsx').catch((error: unknown) => error);
    await files.onModuleDestroy();
    const refusal = await waiting;
    expect(refusal).toBeInstanceOf(ProblemError);
    expect(refusal).toMatchObject({ code: 'unavailable' });
    expect((await files.make(SMALL, 'csv')).byteLength).toBeGreaterThan(0);
  });

  it('let the thread go when nobody asks for any', async () => {
    class Impatient extends ReportFiles {
      protected override readonly idleMs = 1;
      get running(): boolean {
        return this.worker !== undefined;
      }
    }
    const impatient = new Impatient();
    await impatient.make(SMALL, 'csv');
    for (const limit = Date.now() + 10_000; impatient.running && Date.now() < limit;) await sleep(5);
    expect(impatient.running).toBe(false);
    expect((await impatient.make(SMALL, 'csv')).byteLength).toBeGreaterThan(0);
    await impatient.onModuleDestroy();
  });
});
