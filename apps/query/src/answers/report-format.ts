import { StreamableFile } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import {
  type Report,
  REPORT_FORMATS,
  REPORT_MEDIA_TYPES,
  REPORT_PAGE_POLICY,
  reportAsCsv,
  reportAsHtml,
  reportAsXlsx,
  type ReportFormat,
} from '#report';
import { acceptable } from './acceptable.js';
import { CSV_TYPE } from './figure-format.js';

/**
 * The format to give a report out in: the one asked for by name, for links, else what `Accept` likes best. Who accepts
 * CSV gets the archive of CSV files.
 *
 * @throws ProblemError `not-acceptable` when the client accepts none of them
 */
export function reportFormat(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: ReportFormat | undefined,
): ReportFormat {
  if (asked !== undefined) {
    void reply.headers({ vary: 'Accept', 'cache-control': 'no-store' });
    return asked;
  }
  const type = acceptable(request, reply, [...Object.values(REPORT_MEDIA_TYPES), CSV_TYPE]);
  return REPORT_FORMATS.find((format) => REPORT_MEDIA_TYPES[format] === type) ?? 'csv';
}

/** The report in a format; files carry a name that tells year and language. */
export async function reportBody(
  report: Report,
  format: ReportFormat,
  reply: FastifyReply,
): Promise<Report | StreamableFile> {
  const name = `mip-report-${report.year}-${report.lang}`;
  switch (format) {
    case 'json':
      return report;
    case 'csv':
      return fileOf(reportAsCsv(report), format, `attachment; filename="${name}.zip"`);
    case 'xlsx':
      return fileOf(await reportAsXlsx(report), format, `attachment; filename="${name}.xlsx"`);
    case 'html':
      void reply.headers(PAGE_HEADERS);
      return fileOf(Buffer.from(reportAsHtml(report)), format, `inline; filename="${name}.html"`);
  }
}

/** The page may be shown within the dashboard, and nowhere else. */
const PAGE_HEADERS = {
  'content-security-policy': `${REPORT_PAGE_POLICY}; frame-ancestors 'self'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
};

function fileOf(content: Uint8Array, format: ReportFormat, disposition: string): StreamableFile {
  const type = REPORT_MEDIA_TYPES[format];
  return new StreamableFile(content, {
    type: format === 'html' ? `${type}; charset=utf-8` : type,
    length: content.byteLength,
    disposition,
  });
}
