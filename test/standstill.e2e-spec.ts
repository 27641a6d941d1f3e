import { Sqlite } from '#sqlite';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServerProcess } from './support/server-process.js';

const SUBJECT = 'somebody';
/** What must not be seen where everybody may look. */
const TELLING = 'Rosa Bianchi';
const MODELS = ['journeys', 'meetings', 'contacts', 'web_traffic', 'monthly_funnel'];

interface Status {
  readonly status: number;
  readonly projections?: readonly { readonly projection: string; readonly problem: string | null }[];
}

const registered = (id: string, subject: string) => ({
  specversion: '1.0',
  id,
  source: 'urn:test',
  type: 'it.mip.registered.v1',
  subject,
  time: '2020-05-04T10:00:00Z',
  data: { territory: 'TO' },
});

describe('a fact in the log that cannot be taken in', () => {
  let folder: string;
  let server: ServerProcess;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-standstill-'));
    server = await ServerProcess.start(folder);
    const { position } = await send([registered('1', 'anybody'), registered('2', SUBJECT)]);
    await server.get(`/v1/stock?after=${position}`);
    await server.stop();
  }, 60_000);

  afterEach(async () => {
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  });

  async function send(events: readonly object[]): Promise<{ position: string }> {
    const response = await fetch(`${server.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(events),
    });
    return (await response.json()) as { position: string };
  }

  /** Adds a fact after the last one that is like it but for its data, as no part of the system would. */
  function damage(data: string): void {
    const database = new Sqlite(join(folder, 'events.db'));
    database
      .prepare(
        `INSERT INTO facts
         SELECT position + 1, stream, revision + 1, source, type, time, recorded, accepted, id || 'x', subject, ?,
           attributes
         FROM facts ORDER BY position DESC LIMIT 1`,
      )
      .run(data);
    database.close();
  }

  async function statusWithProblem(): Promise<Status> {
    for (const limit = Date.now() + 10_000; ;) {
      const response = await fetch(`${server.url}/status`);
      const status = (await response.json()) as Status;
      expect(response.status).toBe(status.status);
      if (status.projections?.some(({ problem }) => problem !== null)) return status;
      if (Date.now() > limit) throw new Error(`no projection tells of a problem: ${JSON.stringify(status)}`);
      await sleep(50);
    }
  }

  it.each([
    ['is no payload of its type', '{"nobody":"knows"}', ['journeys', 'monthly_funnel']],
    ['has a telling value', `{"territory":"${TELLING}"}`, ['journeys', 'monthly_funnel']],
    ['has a telling property', `{"territory":"TO","${TELLING}":1}`, ['journeys', 'monthly_funnel']],
    ['is no JSON', `{"territory":"${TELLING}`, MODELS],
  ])(
    'stops what would need it, for everybody to see, when it %s',
    async (_, data, stopped) => {
      damage(data);
      server = await ServerProcess.start(folder, { ready: false });
      const { status, projections = [] } = await statusWithProblem();
      expect(status).toBe(503);
      const problems = projections.filter(({ problem }) => problem !== null);
      expect(problems.map(({ projection }) => projection)).toEqual(stopped);
      for (const { problem } of problems) {
        expect(problem).toContain('position 3 ');
        // Everybody may ask for the status.
        expect(problem).not.toContain(SUBJECT);
        expect(problem).not.toContain(TELLING);
      }
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      for (const model of MODELS) {
        expect(metrics).toContain(
          `projection_halted{projection="${model}"} ${stopped.includes(model) ? 1 : 0}`,
        );
      }
      expect(server.printed).toContain('position 3 ');
      expect(server.printed).not.toContain(SUBJECT);
      expect(server.printed).not.toContain(TELLING);
      const replay = await fetch(`${server.url}/v1/audit/replay?asOf=3`);
      expect(replay.status).toBe(500);
      expect(await replay.text()).not.toContain(TELLING);
      expect(server.printed).not.toContain(TELLING);
      const { totals, position } = await server.get<{ totals: object; position: string }>(
        '/v1/funnel/monthly',
      );
      expect({ totals, position }).toMatchObject({ totals: { registered: 2 }, position: '2' });
    },
    60_000,
  );
});
