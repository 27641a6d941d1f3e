import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from './support/server-process.js';

const CYCLES = 20;
const SENDERS = 4;
const LOAD_MS: readonly [number, number] = [40, 700];

interface Acknowledged {
  readonly position: string;
  readonly recordedAt: string;
}

interface LoggedFact {
  readonly id: string;
  readonly position: string;
  readonly recordedtime: string;
}

const STEPS: readonly [string, Record<string, unknown>][] = [
  ['registered', { territory: 'TO', profile: { gender: 'F' } }],
  ['booked', { venue: 'ONLINE-TORINO', meetingId: 'm-1', scheduledFor: '2020-05-05T10:00:00+02:00' }],
  ['attended', { venue: 'ONLINE-TORINO', meetingId: 'm-1' }],
  ['sa-chosen', { sa: 'IZI-TORINO' }],
  ['pds-signed', { sa: 'IZI-TORINO' }],
];

function event(number: number) {
  const [name, data] = STEPS[number % STEPS.length]!;
  return {
    specversion: '1.0',
    id: `e-${number}`,
    source: 'https://area-web.example',
    type: `it.mip.${name}.v1`,
    subject: `crash-${Math.floor(number / STEPS.length)}`,
    time: new Date(Date.parse('2020-04-27T08:00:00Z') + number * 60_000).toISOString(),
    data,
  };
}

/** Sends facts, single ones and batches, until told to stop or the server is gone; notes what was acknowledged. */
class Load {
  readonly acknowledged = new Map<string, Acknowledged>();
  private next = 0;
  private running = false;

  async run(url: string): Promise<void> {
    this.running = true;
    await Promise.all(
      Array.from({ length: SENDERS }, (_, sender) => this.send(url, sender % 2 === 0 ? 1 : 20)),
    );
  }

  stop(): void {
    this.running = false;
  }

  private async send(url: string, size: number): Promise<void> {
    while (this.running) {
      const events = Array.from({ length: size }, () => event(this.next++));
      const answer = await fetch(`${url}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': `application/cloudevents${size > 1 ? '-batch' : ''}+json` },
        body: JSON.stringify(size > 1 ? events : events[0]),
      }).catch(() => undefined);
      const body = await answer?.text().catch(() => undefined);
      if (!answer || body === undefined) return;
      if (answer.status !== 200) throw new Error(`${answer.status} ${body}`);
      const { results } = JSON.parse(body) as { results: (Acknowledged & { id: string })[] };
      for (const { id, position, recordedAt } of results) this.acknowledged.set(id, { position, recordedAt });
    }
  }
}

async function wholeLog(server: ServerProcess): Promise<LoggedFact[]> {
  const answer = await fetch(`${server.url}/v1/audit/log`, { headers: { accept: 'application/x-ndjson' } });
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as LoggedFact);
}

describe('a server killed at random points under load', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-crash-'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it(`keeps every acknowledged fact exactly once, ${CYCLES} times`, async () => {
    const load = new Load();
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      const server = await ServerProcess.start(folder, { ready: false });
      const sending = load.run(server.url);
      const [least, most] = LOAD_MS;
      await new Promise((resolve) => setTimeout(resolve, least + Math.random() * (most - least)));
      await server.kill();
      load.stop();
      await sending;
    }

    const server = await ServerProcess.start(folder);
    try {
      const log = await wholeLog(server);
      expect(load.acknowledged.size).toBeGreaterThan(CYCLES);
      expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
      const stored = new Map(log.map((fact) => [fact.id, fact]));
      for (const [id, { position, recordedAt }] of load.acknowledged) {
        expect(stored.get(id)).toMatchObject({ position, recordedtime: recordedAt });
      }

      const { position } = await server.get<{ position: string }>('/v1/audit/log?limit=1');
      const after = log.at(-1)!.position;
      expect(Number(position)).toBeGreaterThanOrEqual(Number(after));
      const replay = await server.get<Record<string, unknown>>(
        `/v1/audit/replay?groupBy=territory&after=${after}`,
      );
      expect(replay).toMatchObject({ matches: true, differences: [], position: after });
      const served = await server.get<{ totals: { registered: number } }>(
        `/v1/funnel/monthly?after=${after}`,
      );
      const registered = log.filter(({ id }) => Number(id.slice(2)) % STEPS.length === 0).length;
      expect(served.totals.registered).toBe(registered);
    } finally {
      expect(await server.stop()).toBe(0);
    }
  }, 240_000);
});
