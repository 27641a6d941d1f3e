import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Roles } from '#http';
import { REPORT_MEDIA_TYPES } from '#report';
import { ReportFiles } from './answers/report-files.js';
import { reportBody, reportFormat } from './answers/report-format.js';
import { REPORT_SCHEMA } from './answers/report-schema.js';
import { parseYear, ReportParameters } from './parameters/report-parameters.js';
import { positionAfter, toSelection } from './parameters/selection.js';
import { understoodCutOffs } from './parameters/understood.js';
import { MakeReport } from './queries/make-report.query.js';
import { QueryParts } from './query-parts.js';

const FILE = { type: 'string', format: 'binary' } as const;

/** The annual report. */
@ApiTags('Report')
@Roles('analyst')
@Controller('v1/reports')
export class ReportsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly parts: QueryParts,
    private readonly files: ReportFiles,
  ) {}

  @Get(':year')
  @ApiOperation({
    summary: 'The annual report',
    description:
      'Tables 1 to 12 and Figures 1 to 21 of the annual report, of any year beside the year before: what is known now, or with `knownAt` the state at a date (the printed report 2020 is `knownAt=2020-12-31`). All of it reflects one position, which is told at its end together with the way to make it again. As JSON, as CSV (a ZIP archive with a file a table), as an XLSX workbook (a sheet a table) or as an HTML page for A4; `format` names one, else `Accept` decides.',
  })
  @ApiParam({ name: 'year', description: 'The calendar year, `2020`.' })
  @ApiOkResponse({
    description: 'The report.',
    content: {
      [REPORT_MEDIA_TYPES.json]: { schema: REPORT_SCHEMA },
      [REPORT_MEDIA_TYPES.csv]: { schema: FILE },
      [REPORT_MEDIA_TYPES.xlsx]: { schema: FILE },
      [REPORT_MEDIA_TYPES.html]: { schema: { type: 'string' } },
    },
  })
  async report(
    @Param('year') text: string,
    @Query() parameters: ReportParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = reportFormat(request, reply, parameters.format);
    const year = parseYear(text);
    const { until, knownAt } = toSelection(parameters, this.parts.catalogue);
    const question = {
      year,
      lang: parameters.lang ?? 'it',
      cut: { until, knownAt },
      ...understoodCutOffs(parameters),
    };
    const report = await this.queries.execute(new MakeReport(question, positionAfter(parameters)));
    return reportBody(report, format, reply, this.files);
  }
}
