import { parentPort } from 'node:worker_threads';
import { fileOf, type FileOutcome, type FileTask } from './report-file.js';

const port = parentPort!;

async function carryOut({ id, report, format }: FileTask): Promise<void> {
  try {
    // A copy of its own: what a library gives may be part of a larger buffer, which cannot change threads.
    const content = Uint8Array.from(await fileOf(report, format));
    port.postMessage({ id, content } satisfies FileOutcome, [content.buffer]);
  } catch (error) {
    const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
    port.postMessage({ id, fault } satisfies FileOutcome);
  }
}

port.on('message', (task: FileTask) => void carryOut(task));
