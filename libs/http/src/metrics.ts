import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type SystemStatus } from './system-status.js';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What is counted, for Prometheus. Process memory, processor time and the lag of the event loop are in it. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Answered requests by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  answered(method: string, route: string, status: number, milliseconds: number): void {
    this.requests.observe({ method, route, status }, milliseconds / 1000);
  }

  /** Shows where the log and the projections stand whenever the metrics are read. */
  watch(status: SystemStatus): void {
    const registers = [this.registry];
    const labelNames = ['projection'];
    const position = new Gauge({
      name: 'projection_position',
      help: 'Log position that a projection has reached',
      labelNames,
      registers,
    });
    const halted = new Gauge({
      name: 'projection_halted',
      help: '1 while a projection stands still because of a fact that it cannot fold',
      labelNames,
      registers,
    });
    // One reading for all three: they are to fit together.
    new Gauge({
      name: 'event_log_position',
      help: 'Position of the last fact of the log',
      registers,
      async collect() {
        const report = await status.read().catch(() => undefined);
        position.reset();
        halted.reset();
        this.set(report?.position ?? Number.NaN);
        for (const { projection, position: reached, problem } of report?.projections ?? []) {
          position.set({ projection }, reached);
          halted.set({ projection }, problem === null ? 0 : 1);
        }
      },
    });
  }
}
