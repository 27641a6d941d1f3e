import { type Instant } from '#calendar';
import { type ReadModelStore } from '#read-models';
import { FigureEngine } from './engine.js';
import { type FigureService } from './figure-request.js';
import { WorkerFigureService } from './worker-figure-service.js';

/** The figures of a read-model store, answered in a worker thread that opens the store itself. */
export function createFigureService(options: { readonly readModelUrl: string }): FigureService {
  return new WorkerFigureService(options);
}

/** The same in the calling thread. Closing it closes the store. */
export function createLocalFigureService(store: ReadModelStore, clock?: () => Instant): FigureService {
  return new FigureEngine(store, clock);
}
