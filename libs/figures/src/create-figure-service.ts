import { type Instant } from '#calendar';
import { type ReadModelStore } from '#read-models';
import { AsideFigureService } from './aside-figure-service.js';
import { FigureEngine } from './engine.js';
import { type FigureService } from './figure-request.js';
import { WorkerFigureService } from './worker-figure-service.js';

/**
 * The figures of a read-model store, answered in a worker thread that opens the store itself; those that take long in
 * another one.
 */
export function createFigureService(options: { readonly readModelUrl: string }): FigureService {
  return new AsideFigureService(new WorkerFigureService(options), () => new WorkerFigureService(options));
}

/** The same in the calling thread. Closing it closes the store. */
export function createLocalFigureService(store: ReadModelStore, clock?: () => Instant): FigureService {
  return new FigureEngine(store, clock);
}
