/**
 * A stand-in for a node of EventStoreDB 24.6, as a process of its own:
 *
 *     node dist/test/eventstoredb/main.js [--port 2113] [--data FOLDER]
 *
 * It prints `listening on PORT` when it takes calls (without `--port`, or with 0, the system chooses one) and is reached
 * at `esdb://127.0.0.1:PORT?tls=false`. With `--data` the log is kept in that folder: appends that were acknowledged are
 * still there after SIGKILL and a new start. SIGTERM ends its calls without an error, as a node does, and stops it.
 *
 * Faults are switched by lines on its standard input, a name of `faults.ts` and a value: `silent true`,
 * `delayMs 200`, `failedProbes 1`; `endStreams` ends all streams of answers once. Each is answered with a line `ok`.
 *
 * It speaks the real protocol over gRPC and behaves by the rules of a node where this program depends on them: see
 * `node-store.ts` for appends, `subscription.ts` for checkpoints, and docs/faults.md for the faults. It is no database:
 * everything is in memory as well, one process, one thread.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { EventStoreDouble } from './event-store-double.js';
import { type Faults } from './faults.js';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, data: { type: 'string' } },
});

const double = await EventStoreDouble.start({ port: Number(values.port), folder: values.data });
process.stdout.write(`listening on ${double.port}\n`);

createInterface({ input: process.stdin }).on('line', (line) => {
  const [name = '', value = 'true'] = line.trim().split(' ');
  if (name === 'endStreams') double.endStreams();
  else if (name in double.faults)
    Object.assign(double.faults, { [name]: JSON.parse(value) as Faults[keyof Faults] });
  else {
    process.stdout.write(`unknown ${name}\n`);
    return;
  }
  process.stdout.write('ok\n');
});
process.stdin.on('end', () => process.stdin.destroy());

process.on('SIGTERM', () => {
  void double.stopGracefully().then(() => process.exit(0));
});
