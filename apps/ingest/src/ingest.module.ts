import { type DynamicModule, Module, type OnModuleDestroy } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { type Catalogue } from '#catalogue';
import { type EventLog } from '#event-log';
import { Metrics } from '#http';
import { AcceptFactsHandler } from './accept-facts.command.js';
import { EventsController, LIMITS } from './events.controller.js';
import { INGEST_LIMITS, type IngestLimits } from './ingest-limits.js';
import { IngestMetrics } from './ingest-metrics.js';
import { FactIntake } from './intake/fact-intake.js';
import { LineIntake } from './line-intake.js';
import { StreamRoom } from './stream-room.js';
import { WaitingRoom } from './waiting-room.js';
import { WholeIntake } from './whole-intake.js';

export interface IngestParts {
  /** Opened for writing; whoever opened it closes it. */
  readonly log: EventLog;
  readonly catalogue: Catalogue;
  readonly limits?: IngestLimits;
}

/** Facts in: needs `HttpModule` beside it. */
@Module({})
export class IngestModule implements OnModuleDestroy {
  constructor(private readonly lines: LineIntake) {}

  static forRoot({ log, catalogue, limits = INGEST_LIMITS }: IngestParts): DynamicModule {
    const { stallMs, answerMs } = limits;
    const inject = [CommandBus, FactIntake, IngestMetrics];
    return {
      module: IngestModule,
      imports: [CqrsModule.forRoot()],
      controllers: [EventsController],
      providers: [
        AcceptFactsHandler,
        { provide: FactIntake, useFactory: () => new FactIntake(log) },
        { provide: LIMITS, useValue: limits },
        { provide: WaitingRoom, useFactory: () => new WaitingRoom(limits) },
        { provide: StreamRoom, useFactory: () => new StreamRoom(limits) },
        {
          provide: IngestMetrics,
          inject: [Metrics],
          useFactory: (metrics: Metrics) => new IngestMetrics(metrics, log),
        },
        {
          provide: WholeIntake,
          inject,
          useFactory: (commands: CommandBus, intake: FactIntake, metrics: IngestMetrics) =>
            new WholeIntake(commands, intake, catalogue, metrics),
        },
        {
          provide: LineIntake,
          inject: [...inject, StreamRoom],
          useFactory: (commands: CommandBus, intake: FactIntake, metrics: IngestMetrics, room: StreamRoom) =>
            new LineIntake(commands, intake, metrics, { catalogue, room, stallMs, answerMs }),
        },
      ],
      exports: [LineIntake],
    };
  }

  onModuleDestroy(): void {
    this.lines.close();
  }
}
