import { type DynamicModule, Module } from '@nestjs/common';
import { type ProjectorOptions, ProjectorService } from './projector.service.js';

/** Runs the projector for as long as the application runs. `ProjectorService` is there for other modules. */
@Module({})
export class ProjectorModule {
  static forRoot(options: ProjectorOptions): DynamicModule {
    return {
      module: ProjectorModule,
      providers: [{ provide: ProjectorService, useFactory: () => new ProjectorService(options) }],
      exports: [ProjectorService],
    };
  }
}
