import 'reflect-metadata';
import { allFacts } from '#event-log/event-log.examples';
import { attended } from '../../apps/ingest/src/testing/running-ingest.js';
import { IngestOnNode, type IngestOnNodeOptions } from './ingest-on-node.js';

let ingest: IngestOnNode;

const start = async (options: IngestOnNodeOptions = {}) => void (ingest = await IngestOnNode.start(options));

afterEach(() => ingest.stop());

const storedIds = async () => (await allFacts(ingest.there.log)).map(({ id }) => id).toSorted();

describe('an event that is larger than what a node takes in one append', () => {
  const large = attended('large', { subject: 'J-2', note: 'è'.repeat(500_000) });
  const tooLarge = /^the event takes 1000\d{3} bytes as JSON, and the log takes at most 999000$/;
  const detail = expect.stringMatching(tooLarge) as unknown;

  beforeEach(() => start());

  it('is refused with its size, alone and in a batch, of which nothing is stored', async () => {
    expect(await ingest.one(large)).toMatchObject({ status: 422, body: { errors: [{ detail }] } });
    const batch = [attended('a'), large, attended('b')];
    expect(await ingest.post(batch)).toMatchObject({ status: 422, body: { errors: [{ index: 1, detail }] } });
    expect(await ingest.post(batch, '?validateOnly=true')).toMatchObject({ status: 422 });
    expect(await storedIds()).toEqual([]);
  });

  it('ends a stream of lines at its line: those before it are stored', async () => {
    const lines = [attended('a'), attended('b', { subject: 'J-3' }), large, attended('c')];
    expect(await ingest.lines(lines)).toMatchObject({
      status: 422,
      body: { line: 3, stored: 2, errors: [{ line: 3, detail }] },
    });
    expect(await storedIds()).toEqual(['a', 'b']);
  });

  it.each(['post', 'lines'] as const)('can be left out (%s)', async (way) => {
    const answer = await ingest[way]([attended('a'), large, attended('b')], '?onError=skip');
    expect(answer).toMatchObject({
      status: 200,
      body: { accepted: 2, rejected: 1, errors: [{ detail }] },
    });
    expect(await storedIds()).toEqual(['a', 'b']);
  });

  it('is stored when it is just not too large', async () => {
    const note = 'x'.repeat(998_500);
    expect(await ingest.one(attended('a', { note }))).toMatchObject({ status: 200 });
    expect(await storedIds()).toEqual(['a']);
  });
});

/** Sends again, as a sender does that was told to, until it is taken. */
async function untilTaken(send: () => Promise<{ readonly status: number }>): Promise<void> {
  const giveUp = Date.now() + 30_000;
  for (;;) {
    const { status } = await send();
    if (status === 200) return;
    if (Date.now() > giveUp) throw new Error(`still ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a node that is silent for longer than a sender is to wait', () => {
  const answerMs = 600;
  const patient = { callLimitMs: 2_000, patienceMs: 4_000 };

  it.each([
    ['one', 'a journey that was never seen', false],
    ['one', 'a journey that is known', true],
    ['post', 'a journey that was never seen', false],
    ['post', 'a journey that is known', true],
    ['lines', 'a journey that was never seen', false],
    ['lines', 'a journey that is known', true],
  ] as const)('gives 503 in time (%s, %s), and sent again all is stored once', async (way, _, isKnown) => {
    await start({ limits: { answerMs }, log: patient });
    if (isKnown) expect(await ingest.one(attended('known'))).toMatchObject({ status: 200 });
    const send = () => (way === 'one' ? ingest.one(attended('a')) : ingest[way]([attended('a')]));
    ingest.there.node.faults.silent = true;
    const { status, headers, body } = await send();
    // Its own words: the log gives up later.
    expect(body['detail']).toContain('within 0.6 seconds');
    expect({ status, type: body['type'] }).toEqual({ status: 503, type: 'urn:percorso:problem:unavailable' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    if (way === 'lines') expect(body).toMatchObject({ line: 1, stored: 0 });
    ingest.there.mend();
    await untilTaken(send);
    expect(await storedIds()).toEqual(isKnown ? ['a', 'known'] : ['a']);
  });

  it('keeps what goes on within bounds: its room is free again only when it has ended', async () => {
    await start({ limits: { answerMs, mostRequests: 1, mostStreams: 1 }, log: patient });
    ingest.there.node.faults.silent = true;
    for (const way of ['one', 'lines'] as const) {
      const send = () => (way === 'one' ? ingest.one(attended('a')) : ingest.lines([attended('a')]));
      expect((await send()).status).toBe(503);
      expect((await send()).status).toBe(429);
    }
    ingest.there.mend();
    await untilTaken(() => ingest.one(attended('a')));
    await untilTaken(() => ingest.lines([attended('a')]));
    expect(await storedIds()).toEqual(['a']);
  });
});
