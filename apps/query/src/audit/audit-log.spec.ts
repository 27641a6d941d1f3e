import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fact, type JsonObject } from '#events';
import { type EventLog, NO_STREAM } from '#event-log';
import { openEventLog } from '#event-log/open';
import { auditLogPage, parseCursor, streamAuditLog } from './audit-log.js';

const FACTS = 1_250;

const fact = (number: number): Fact => ({
  source: 'https://area-web.example',
  id: `e${number}`,
  type: 'it.mip.registered.v1',
  subject: 'j-1',
  time: 1_600_000_000_000 + number,
  // Every fifth was recorded late.
  recorded: number % 5 === 0 ? 1_700_000_000_000 + number : 1_600_000_000_000 + number,
  accepted: 1_700_000_000_000 + number,
  data: { territory: 'TO' },
});

describe('the log for auditors', () => {
  let folder: string;
  let log: EventLog;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-audit-'));
    log = await openEventLog(`sqlite:${join(folder, 'log.db')}`, { mode: 'write' });
    const facts = Array.from({ length: FACTS }, (_, index) => fact(index));
    await log.append({ stream: 'journey-j-1', expectedRevision: NO_STREAM, facts });
  });

  afterEach(async () => {
    await log.close();
    await rm(folder, { recursive: true });
  });

  async function allPages(limit: number, knownAt?: number, between = async () => {}): Promise<JsonObject[]> {
    const items: JsonObject[] = [];
    let page = await auditLogPage(log, { limit, knownAt });
    for (;;) {
      expect(page.items.length).toBeLessThanOrEqual(limit);
      items.push(...page.items);
      if (page.next === undefined) return items;
      expect(page.items).toHaveLength(limit);
      await between();
      page = await auditLogPage(log, { limit, knownAt, cursor: parseCursor(page.next) });
    }
  }

  async function streamed(knownAt?: number): Promise<JsonObject[]> {
    let text = '';
    for await (const piece of streamAuditLog(log, { upTo: await log.head(), knownAt })) text += piece;
    expect(text === '' || text.endsWith('\n')).toBe(true);
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as JsonObject);
  }

  it('shows facts as CloudEvents with their accepted time and position', async () => {
    const { items, position } = await auditLogPage(log, { limit: 1 });
    expect(items[0]).toEqual({
      specversion: '1.0',
      id: 'e0',
      source: 'https://area-web.example',
      type: 'it.mip.registered.v1',
      subject: 'j-1',
      time: '2020-09-13T12:26:40.000Z',
      recordedtime: '2023-11-14T22:13:20.000Z',
      acceptedtime: '2023-11-14T22:13:20.000Z',
      position: expect.stringMatching(/^\d+$/) as string,
      data: { territory: 'TO' },
    });
    expect(position).toBe(await log.head());
  });

  it.each([7, 249, 250, 500, 1_000, FACTS, FACTS + 1])('gives every fact once, %d a page', async (limit) => {
    const ids = (await allPages(limit)).map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: FACTS }, (_, index) => `e${index}`));
  });

  it('cuts by recorded time, in pages and as a stream', async () => {
    const knownAt = 1_600_000_000_000 + FACTS;
    const expected = Array.from({ length: FACTS }, (_, index) => index).filter((index) => index % 5 !== 0);
    const ids = expected.map((index) => `e${index}`);
    expect((await allPages(100, knownAt)).map(({ id }) => id)).toEqual(ids);
    expect((await streamed(knownAt)).map(({ id }) => id)).toEqual(ids);
    expect(await streamed(0)).toEqual([]);
    expect(await auditLogPage(log, { limit: 10, knownAt: 0 })).toMatchObject({ items: [], next: undefined });
  });

  it('streams what the pages show', async () => {
    expect(await streamed()).toEqual(await allPages(300));
  });

  it('shows on all pages the log as the first one found it', async () => {
    let added = FACTS;
    const items = await allPages(400, undefined, async () => {
      const expectedRevision = added - 1;
      await log.append({ stream: 'journey-j-1', expectedRevision, facts: [fact(added++)] });
    });
    expect(added).toBeGreaterThan(FACTS);
    expect(items).toHaveLength(FACTS);
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(auditLogPage(log, { limit: 10, signal })).rejects.toThrow('enough');
  });

  it.each(['', '5', 'x-5', '5-', '6-5', '1-2-3', '-1-5', '1-5 '])('knows no cursor "%s"', (token) => {
    expect(parseCursor(token)).toBeUndefined();
  });
});
