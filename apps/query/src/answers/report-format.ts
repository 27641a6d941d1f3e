import { StreamableFile } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import {
  type Report,
  REPORT_FORMATS,
  REPORT_MEDIA_TYPES,
  REPORT_PAGE_POLICY,
  type ReportFormat,
} from '#report';
import { acceptable } from './acceptable.js';
import { CSV_TYPE } from './figure-format.js';
import { type FileFormat } from './report-file.js';
import { type ReportFiles } from './report-files.js';

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

/** How a client is to take a file of a report: to be kept, or to be looked at. */
const DISPOSITIONS = {
  csv: ['attachment', 'zip'],
  xlsx: ['attachment', 'xlsx'],
  html: ['inline', 'html'],
} as const satisfies Record<FileFormat, readonly [type: string, ending: string]>;

/** The report in a format; files carry a name that tells year and language. */
export async function reportBody(
  report: Report,
  format: ReportFormat,
  reply: FastifyReply,
  files: ReportFiles,
): Promise<Report | StreamableFile> {
  if (format === 'json') return report;
  const content = await files.make(report, format);
  if (format === 'html') void reply.headers(PAGE_HEADERS);
  const [disposition, ending] = DISPOSITIONS[format];
  const type = REPORT_MEDIA_TYPES[format];
  return new StreamableFile(content, {
    type: format === 'html' ? `${type}; charset=utf-8` : type,
    length: content.byteLength,
    disposition: `${disposition}; filename="mip-report-${report.year}-${report.lang}.${ending}"`,
  });
}

/** The page may be shown within the dashboard, and nowhere else. */
const PAGE_HEADERS = {
  'content-security-policy': `${REPORT_PAGE_POLICY}; frame-ancestors 'self'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
};
