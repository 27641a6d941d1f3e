import 'reflect-metadata';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Test } from '@nestjs/testing';
import { loadCatalogue } from '#catalogue';
import { type EventLog } from '#event-log';
import { openEventLog } from '#event-log/open';
import { type Fact, fullType } from '#events';
import { type RunnerStatus } from '#projections';
import { openReadModels } from '#read-models/open';
import { ProjectorModule } from './projector.module.js';
import { ProjectorService } from './projector.service.js';

const catalogue = loadCatalogue();
const FOLDED = 5;

const attended = (number: number): Fact => ({
  source: '/s',
  id: `e-${number}`,
  type: fullType('attended'),
  subject: `J-${number}`,
  time: 1_590_000_000_000,
  recorded: 1_590_000_000_000,
  accepted: 1_590_000_000_000,
  data: { venue: 'CPI-RIVOLI' },
});

describe('the projector service', () => {
  let folder: string;
  let eventLogUrl: string;
  let readModelUrl: string;
  let reports: string[];
  let service: ProjectorService;
  let log: EventLog | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'percorso-projector-'));
    eventLogUrl = `sqlite:${join(folder, 'events.db')}`;
    readModelUrl = `sqlite:${join(folder, 'models.db')}`;
    reports = [];
    const report = (level: string, message: string) => void reports.push(`${level} ${message}`);
    service = new ProjectorService({ eventLogUrl, readModelUrl, catalogue, report });
  });

  afterEach(async () => {
    await service.stop();
    await log?.close();
    log = undefined;
    await rm(folder, { recursive: true });
  });

  async function append(count: number, from = 0): Promise<void> {
    log ??= await openEventLog(eventLogUrl, { mode: 'write' });
    const numbers = Array.from({ length: count }, (_, index) => from + index);
    for (const number of numbers) {
      await log.append({ stream: `journey-J-${number}`, expectedRevision: -1, facts: [attended(number)] });
    }
  }

  async function until(holds: (status: RunnerStatus) => boolean): Promise<RunnerStatus> {
    for (let tries = 0; tries < 500; tries += 1) {
      const status = await service.status().catch(() => undefined);
      if (status && holds(status)) return status;
      await sleep(20);
    }
    throw new Error(`still not: ${JSON.stringify(await service.status())}; ${reports.join('; ')}`);
  }

  const isCaughtUp = ({ active, projections, head }: RunnerStatus) =>
    active && head > 0 && projections.every(({ position }) => position >= head);

  it('waits for the log, then keeps the read models up to date', async () => {
    service.start();
    await until(({ active }) => !active);
    await append(FOLDED);
    await until(isCaughtUp);
    await append(FOLDED, 100);
    const { projections } = await until((status) => status.factsFolded >= 2 * FOLDED && isCaughtUp(status));
    expect(projections.map(({ name }) => name)).toHaveLength(5);
    expect(reports).toContain('info the projector waits for the event log');
    await service.stop();
    const store = await openReadModels(readModelUrl);
    const serving = (await store.models()).filter(({ state }) => state === 'serving');
    expect(serving.map(({ checkpoint }) => checkpoint)).toEqual(projections.map(({ position }) => position));
    // The lease was given back: the next projector need not wait.
    expect(await store.lease('projector', 'next', 1)).toBeDefined();
    await store.close();
  });

  it('can be started and stopped again and again', async () => {
    await append(FOLDED);
    for (let round = 0; round < 3; round += 1) {
      service.start();
      service.start();
      await until(isCaughtUp);
      await service.stop();
      await service.stop();
      await expect(service.status()).rejects.toMatchObject({ name: 'ProjectorError', code: 'unavailable' });
    }
    expect(reports.filter((text) => text.startsWith('error'))).toEqual([]);
  });

  it('builds the models again on request', async () => {
    await append(FOLDED);
    service.start();
    await until(isCaughtUp);
    expect(await service.rebuild()).toBe(true);
    for (let tries = 0; tries < 200 && !reports.includes('info read models took over'); tries += 1)
      await sleep(20);
    expect(reports).toContain('info read models took over');
    expect(reports.filter((text) => text.startsWith('error'))).toEqual([]);
  });

  it('starts the thread again after a crash, each time after a longer wait', async () => {
    await append(FOLDED);
    await writeFile(join(folder, 'models.db'), 'this is no database\n'.repeat(500));
    service.start();
    const crashed = () => reports.filter((text) => text.includes('crashed')).length;
    for (let tries = 0; tries < 500 && crashed() < 2; tries += 1) await sleep(20);
    expect(crashed()).toBeGreaterThanOrEqual(2);
    await rm(join(folder, 'models.db'));
    await until(isCaughtUp);
  });

  it('runs with the module', async () => {
    await append(FOLDED);
    const report = () => undefined;
    const module = await Test.createTestingModule({
      imports: [ProjectorModule.forRoot({ eventLogUrl, readModelUrl, catalogue, report })],
    }).compile();
    await module.init();
    const own = service;
    service = module.get(ProjectorService);
    await until(isCaughtUp);
    await module.close();
    await expect(service.status()).rejects.toMatchObject({ code: 'unavailable' });
    service = own;
  });
});
