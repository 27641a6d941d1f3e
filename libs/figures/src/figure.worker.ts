import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { openReadModelsOrWait } from '#read-models/open';
import { FigureEngine } from './engine.js';
import { FigureError } from './figure.error.js';
import {
  type FigureCall,
  type FigureQuestion,
  type FigureReply,
  type FigureResult,
  type FigureWorkerData,
  packed,
} from './figure-messages.js';

const port = parentPort!;
const { readModelUrl } = workerData as FigureWorkerData;
const engine = new FigureEngine(await openReadModelsOrWait(readModelUrl, { readonly: true }));

async function carryOut(call: FigureCall): Promise<FigureResult> {
  switch (call.kind) {
    case 'ask':
      return { kind: 'answer', answer: packed(await engine.ask(call.request, call.options)) };
    case 'ask-all':
      return { kind: 'answers', answers: (await engine.askAll(call.requests, call.options)).map(packed) };
    case 'status':
      return { kind: 'status', status: await engine.status() };
    case 'close':
      await engine.close();
      return { kind: 'closed' };
  }
}

function failed(error: unknown): FigureResult {
  if (error instanceof FigureError) return { kind: 'error', code: error.code, message: error.message };
  // The thread goes on: filling the columns again would not make the next such question work.
  return { kind: 'fault', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

async function reply({ id, call }: FigureQuestion): Promise<void> {
  const result = await carryOut(call).catch(failed);
  port.postMessage({ id, result } satisfies FigureReply);
  if (result.kind === 'closed') port.close();
}

port.on('message', (question: FigureQuestion) => void reply(question));
