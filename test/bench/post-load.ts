/**
 * Sends single facts over many connections and prints the result as JSON; a process of its own, so that the load
 * and the server measured do not share a thread.
 *
 *   node post-load.js URL CONNECTIONS SECONDS FIRST [RATE]
 */
import autocannon from 'autocannon';

const [url, connections, seconds, first, rate] = process.argv.slice(2);
const STEPS: readonly [string, string][] = [
  [
    'registered',
    '{"territory":"TO","profile":{"gender":"F","birthYear":1990,"education":"diploma","employment":"employed"}}',
  ],
  ['booked', '{"venue":"ONLINE-TORINO","meetingId":"m-1","scheduledFor":"2020-05-05T10:00:00+02:00"}'],
  ['attended', '{"venue":"ONLINE-TORINO","meetingId":"m-1"}'],
  ['sa-chosen', '{"sa":"IZI-TORINO"}'],
  ['pds-signed', '{"sa":"IZI-TORINO"}'],
];
const JOURNEYS_AT_A_TIME = 256;
let next = Number(first);

/** Facts of many journeys in turn: a journey's next fact comes only after its last one was answered. */
function body(number: number): string {
  const round = Math.floor(number / (JOURNEYS_AT_A_TIME * STEPS.length));
  const step = Math.floor(number / JOURNEYS_AT_A_TIME) % STEPS.length;
  const journey = round * JOURNEYS_AT_A_TIME + (number % JOURNEYS_AT_A_TIME);
  const [name, data] = STEPS[step]!;
  const time = new Date(Date.UTC(2020, 4, 1) + (number % 500_000) * 1000).toISOString();
  return `{"specversion":"1.0","id":"load-${number}","source":"https://area-web.example","type":"it.mip.${name}.v1","subject":"load-${journey}","time":"${time}","data":${data}}`;
}

const result = await autocannon({
  url: `${url}/v1/events`,
  connections: Number(connections),
  duration: Number(seconds),
  ...(Number(rate) > 0 ? { overallRate: Number(rate) } : {}),
  requests: [
    {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      setupRequest: (request) => ({ ...request, body: body(next++) }),
    },
  ],
});
process.stdout.write(
  JSON.stringify({
    perSecond: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    max: result.latency.max,
    failed: result.non2xx + result.errors,
    next,
  }),
);
