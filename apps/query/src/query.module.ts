import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ReportFiles } from './answers/report-files.js';
import { AuditController } from './audit.controller.js';
import { CatalogueController } from './catalogue.controller.js';
import { DashboardModule } from './dashboard/dashboard.module.js';
import { FigureQuestions } from './figure-questions.js';
import { FiguresController } from './figures.controller.js';
import { FunnelController } from './funnel.controller.js';
import { HysteresisController } from './hysteresis.controller.js';
import { JourneysController } from './journeys.controller.js';
import { NowcastController } from './nowcast.controller.js';
import { AskFigureHandler } from './queries/ask-figure.query.js';
import { ReplayFunnelHandler } from './queries/replay-funnel.query.js';
import { MakeReportHandler } from './queries/make-report.query.js';
import { ReplayQueue } from './queries/replay-queue.js';
import { PeopleLists } from './people-lists.js';
import { QualityController } from './quality.controller.js';
import { QueryParts } from './query-parts.js';
import { ReplayQuestions } from './replay-questions.js';
import { ReportsController } from './reports.controller.js';
import { PositionFeed } from './stream/position-feed.js';
import { StreamController } from './stream/stream.controller.js';

/** The reads: figures, single journeys, audit. */
@Module({})
export class QueryModule {
  static forRoot(parts: QueryParts): DynamicModule {
    return {
      module: QueryModule,
      imports: [CqrsModule.forRoot(), DashboardModule],
      controllers: [
        FunnelController,
        HysteresisController,
        NowcastController,
        FiguresController,
        CatalogueController,
        JourneysController,
        QualityController,
        AuditController,
        ReportsController,
        StreamController,
      ],
      providers: [
        { provide: QueryParts, useValue: parts },
        FigureQuestions,
        PeopleLists,
        ReplayQuestions,
        ReplayQueue,
        ReportFiles,
        PositionFeed,
        AskFigureHandler,
        ReplayFunnelHandler,
        MakeReportHandler,
      ],
    };
  }
}
