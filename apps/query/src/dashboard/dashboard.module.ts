import { Logger, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type FastifyInstance } from 'fastify';
import { existsSync } from 'node:fs';
import { builtFolder } from '#calendar';
import { serveDashboard } from './serve-dashboard.js';

/** The web page at `/`, open to all: what it shows it asks for with the key or session of whoever looks at it. */
@Module({})
export class DashboardModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const folder = builtFolder(import.meta.url, 'apps', 'dashboard');
    if (existsSync(folder)) {
      serveDashboard(this.host.httpAdapter.getInstance<FastifyInstance>(), folder);
    } else {
      new Logger(DashboardModule.name).warn(
        'The dashboard is not built (npm run build): there is no page at /.',
      );
    }
  }
}
