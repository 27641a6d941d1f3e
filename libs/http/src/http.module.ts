import { type DynamicModule, Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.js';
import { MetricsController } from './metrics.controller.js';
import { SystemStatus } from './system-status.js';

/** Health, status and metrics, the same in every app. `Metrics` is there for all modules. */
@Module({})
export class HttpModule {
  static forRoot(status: SystemStatus): DynamicModule {
    const metrics = new Metrics();
    metrics.watch(status);
    return {
      module: HttpModule,
      global: true,
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: Metrics, useValue: metrics },
        { provide: SystemStatus, useValue: status },
      ],
      exports: [Metrics],
    };
  }
}
