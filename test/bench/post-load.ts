/**
 * Sends single facts over many connections, one at a time on each, and prints the result as JSON; a process of its own,
 * so that the load and the server measured do not share a thread. With a rate the latency counts from when the request
 * was due: a server that is late does not get fewer requests.
 *
 *   node post-load.js URL CONNECTIONS SECONDS FIRST [RATE]
 */
import { setTimeout as pause } from 'node:timers/promises';
import { KeepAliveClient } from './keep-alive-client.js';

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

const latencies: number[] = [];
let failed = 0;
const address = new URL(`${url}/v1/events`);
const senders = await Promise.all(
  Array.from({ length: Number(connections) }, () => KeepAliveClient.open(address)),
);
const started = performance.now();
const end = started + Number(seconds) * 1000;
/** Milliseconds between two requests of one connection; 0 for as many as it can take. */
const beat = Number(rate) > 0 ? (senders.length * 1000) / Number(rate) : 0;

async function sendUntilEnd(client: KeepAliveClient, index: number): Promise<void> {
  let due = started + (index / senders.length) * beat;
  while (performance.now() < end) {
    if (beat > 0 && due > performance.now()) await pause(due - performance.now());
    const from = beat > 0 ? due : performance.now();
    const { status } = await client.post(body(next++));
    latencies.push(performance.now() - from);
    if (status !== 200) failed += 1;
    due += beat;
  }
  client.close();
}

await Promise.all(senders.map(sendUntilEnd));
const took = (performance.now() - started) / 1000;
latencies.sort((a, b) => a - b);
const quantile = (share: number) =>
  latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))]!;
const { user, system } = process.cpuUsage();
process.stdout.write(
  JSON.stringify({
    perSecond: latencies.length / took,
    p50: quantile(0.5),
    p99: quantile(0.99),
    max: latencies.at(-1),
    failed,
    next,
    microsecondsARequest: (user + system) / latencies.length,
  }),
);
