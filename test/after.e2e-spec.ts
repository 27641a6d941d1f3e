import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from './support/server-process.js';

interface Parameter {
  readonly name: string;
  readonly in: string;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, { readonly get?: { readonly parameters?: readonly Parameter[] } }>>;
}

/** What of the API is no read: it tells of the caller, or goes on for as long as the caller likes. */
const NO_READS = ['/v1/session', '/v1/stream'];

/** What some reads cannot be asked without. */
const NEEDED: Readonly<Record<string, string>> = {
  '/v1/audit/diff': 'knownAt=2020-01-31&and=2020-12-31',
  '/v1/hysteresis/compare': 'groupBy=territory',
  '/v1/journeys': 'stage=attended',
  '/v1/quality/findings/journeys': 'kind=out_of_order',
};

/** Other forms of a read, which are answered in another way. */
const FORMS = ['/v1/audit/replay?asOf=0', '/v1/journeys?status=attended', '/v1/reports/2020?format=xlsx'];

const NEVER_REACHED = '99999999';

describe('a read that names a position', () => {
  let folder: string;
  let server: ServerProcess;
  let reads: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-after-'));
    server = await ServerProcess.start(folder);
    const { paths } = await server.get<OpenApi>('/openapi.json');
    const addresses = Object.entries(paths).flatMap(([path, { get }]) => {
      if (!get || !path.startsWith('/v1/') || NO_READS.includes(path)) return [];
      return [`${path.replace('{year}', '2020').replace('{id}', 'j-1')}?${NEEDED[path] ?? ''}`];
    });
    reads = [...addresses, ...FORMS].map((address) => (/\?$/.test(address) ? address : `${address}&`));
  }, 60_000);

  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function ask(address: string, headers: Record<string, string> = {}) {
    const start = performance.now();
    const answer = await fetch(server.url + address, { headers });
    const problem = (await answer.json()) as { errors?: { parameter?: string }[] };
    return { address, problem, answer, ms: performance.now() - start };
  }

  it('waits for it, whatever is read, and is told to come back', async () => {
    expect(reads.length).toBeGreaterThan(20);
    const ndjson = ask(`/v1/audit/log?after=${NEVER_REACHED}`, { accept: 'application/x-ndjson' });
    const asked = [...reads.map((read) => ask(`${read}after=${NEVER_REACHED}`)), ndjson];
    for (const { address, answer, problem, ms } of await Promise.all(asked)) {
      const seen = { address, status: answer.status, retryAfter: answer.headers.get('retry-after') };
      expect(seen).toEqual({ address, status: 503, retryAfter: expect.stringMatching(/^\d+$/) as string });
      expect(problem).toMatchObject({ type: 'urn:percorso:problem:not-caught-up' });
      expect(ms).toBeGreaterThan(4_500);
    }
  }, 60_000);

  it('has to name one', async () => {
    for (const read of reads) {
      const { address, answer, problem } = await ask(`${read}after=yesterday`);
      expect({ address, status: answer.status }).toEqual({ address, status: 400 });
      expect(problem.errors).toEqual([expect.objectContaining({ parameter: 'after' })]);
    }
  });
});
