import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { parseCatalogue } from '#catalogue';
import { openEventLog } from '#event-log/open';
import { failure, type ReplayOutcome, type ReplayTask } from './replay-messages.js';
import { replayFunnel } from './replay.js';

async function carryOut({ logUrl, catalogue, ...task }: ReplayTask): Promise<ReplayOutcome> {
  const log = await openEventLog(logUrl, { mode: 'read' });
  try {
    const answer = await replayFunnel({ ...task, log, catalogue: parseCatalogue(catalogue) });
    return { kind: 'answer', answer };
  } finally {
    await log.close();
  }
}

parentPort!.postMessage(await carryOut(workerData as ReplayTask).catch(failure));
