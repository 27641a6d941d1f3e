import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type ProjectionStatus, type StatusReport, type SystemStatus } from './system-status.js';

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
    let reading: Promise<StatusReport | undefined> | undefined;
    // The gauges of one scrape are collected at the same time and are to fit together.
    const report = () =>
      (reading ??= status
        .read()
        .catch(() => undefined)
        .finally(() => (reading = undefined)));
    const registers = [this.registry];
    new Gauge({
      name: 'event_log_position',
      help: 'Position of the last fact of the log',
      registers,
      async collect() {
        this.set((await report())?.position ?? Number.NaN);
      },
    });
    const perProjection = (name: string, help: string, value: (one: ProjectionStatus) => number) =>
      new Gauge({
        name,
        help,
        labelNames: ['projection'],
        registers,
        async collect() {
          const { projections = [] } = (await report()) ?? {};
          this.reset();
          for (const one of projections) this.set({ projection: one.projection }, value(one));
        },
      });
    perProjection(
      'projection_position',
      'Log position that a projection has reached',
      ({ position }) => position,
    );
    perProjection(
      'projection_halted',
      '1 while a projection stands still because of a fact that it cannot fold',
      ({ problem }) => (problem === null ? 0 : 1),
    );
  }
}
