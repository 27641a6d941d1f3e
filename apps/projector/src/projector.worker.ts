import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { yieldToAnsweringThreads } from '#calendar';
import { parseCatalogue } from '#catalogue';
import { type EventLog, EventLogError } from '#event-log';
import { openEventLog } from '#event-log/open';
import { ProjectionRunner, type RunnerLog, type RunnerStatus } from '#projections';
import { openReadModelsOrWait } from '#read-models/open';
import { type FromProjector, type ProjectorWorkerData, type ToProjector } from './projector-messages.js';

const LOG_POLL_MS = 100;
const WAITING: RunnerStatus = { active: false, standby: false, projections: [], head: 0, factsFolded: 0 };

yieldToAnsweringThreads();

const port = parentPort!;
const data = workerData as ProjectorWorkerData;
const stopped = new AbortController();
let runner: ProjectionRunner | undefined;

const send = (message: FromProjector) => port.postMessage(message);
const report: RunnerLog = (level, message, details = {}) => send({ kind: 'report', level, message, details });

port.on('message', (message: ToProjector) => {
  if (message.kind === 'stop') stopped.abort();
  else void answer(message);
});

async function answer({ id, call }: Extract<ToProjector, { kind: 'call' }>): Promise<void> {
  try {
    const result =
      call === 'status' ? ((await runner?.status()) ?? WAITING) : ((await runner?.rebuild()) ?? false);
    send({ kind: 'result', id, result });
  } catch (error) {
    send({ kind: 'failed', id, reason: error instanceof Error ? error.message : String(error) });
  }
}

/** The log is made by whoever writes it, which may be after this thread has started. */
async function openLogWhenThere(signal: AbortSignal): Promise<EventLog | undefined> {
  for (let told = false; !signal.aborted; told = true) {
    try {
      return await openEventLog(data.eventLogUrl, { mode: 'read' });
    } catch (error) {
      if (!(error instanceof EventLogError) || error.code !== 'unavailable') throw error;
      if (!told) report('info', 'the projector waits for the event log', { reason: error.message });
      await sleep(LOG_POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}

async function project(signal: AbortSignal): Promise<void> {
  const log = await openLogWhenThere(signal);
  if (!log) return;
  const store = await openReadModelsOrWait(data.readModelUrl);
  runner = new ProjectionRunner({ log, store, catalogue: parseCatalogue(data.catalogue), report });
  await runner.run(signal);
  await store.close();
  await log.close();
}

// What is thrown here ends the thread; the service says why and starts another one.
await project(stopped.signal);
port.close();
