import { type DynamicModule, Module } from '@nestjs/common';
import { Callers } from '../callers.js';
import { SessionController } from './session.controller.js';

/** Signing in and out, the same in every app. */
@Module({})
export class SessionModule {
  static forRoot(callers: Callers): DynamicModule {
    return {
      module: SessionModule,
      controllers: [SessionController],
      providers: [{ provide: Callers, useValue: callers }],
    };
  }
}
