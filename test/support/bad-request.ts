/** A request that must be refused. */
export interface BadRequest {
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
  /** Answered with 200: what is wrong is left out and reported, and nothing is stored. */
  readonly isLeftOut?: boolean;
}

export const EVENT = 'application/cloudevents+json';
export const BATCH = 'application/cloudevents-batch+json';
export const LINES = 'application/x-ndjson';

export const VALID_EVENT = {
  specversion: '1.0',
  id: 'bad-1',
  source: 'https://area-web.example',
  type: 'it.mip.booked.v1',
  subject: 'bad-journey',
  time: '2020-05-04T10:00:00+02:00',
  data: { venue: 'ONLINE-TORINO', meetingId: 'm-1', scheduledFor: '2020-05-05T10:00:00+02:00' },
};

export const post = (what: string, contentType: string, body: string | Buffer, query = ''): BadRequest => ({
  what,
  method: 'POST',
  path: `/v1/events${query}`,
  headers: { 'content-type': contentType },
  body,
});
