import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { isInvalidPosition, isPassing, isUndone } from './client-failure.js';

const { resolve } = createRequire(import.meta.url);

/** A file of an installed package. */
function codeOf(packageName: string, file: string): string {
  const main = resolve(packageName);
  const root = main.slice(0, main.lastIndexOf(packageName) + packageName.length);
  return readFileSync(join(root, file), 'utf8');
}

async function portOfNobody(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

describe('what a failure of the client says', () => {
  // An upgrade that words them differently would turn "nothing was stored" into "not known".
  it.each([
    ['@grpc/grpc-js', 'build/src/picker.js', 'No connection established'],
    ['@grpc/grpc-js', 'build/src/load-balancer-pick-first.js', 'No connection established. Last error: '],
    ['@grpc/grpc-js', 'build/src/resolver-dns.js', 'Name resolution failed for target '],
    ['@eventstore/db-client', 'dist/Client/discovery.js', 'Failed to discover after '],
  ])('%s: %s still says "%s" of a call that was not sent', (packageName, file, text) => {
    expect(codeOf(packageName, file)).toContain(text);
    const error = { code: 14, message: `14 UNAVAILABLE: ${text}` };
    expect([isUndone(error), isPassing(error)]).toEqual([true, true]);
  });

  it.each(['esdb', 'esdb+discover'])(
    '%s: nothing was sent to a port where nobody listens',
    async (scheme) => {
      const options = 'tls=false&maxDiscoverAttempts=1&discoveryInterval=10';
      const url = `${scheme}://127.0.0.1:${await portOfNobody()}?${options}`;
      const client = EventStoreDBClient.connectionString(url);
      const error: unknown = await client.getStreamMetadata('journey-1').catch((reason: unknown) => reason);
      expect([isUndone(error), isPassing(error)]).toEqual([true, true]);
      await client.dispose().catch(() => undefined);
    },
  );
});

describe('what a node says (oss-v24.6.0)', () => {
  it.each([
    ['Streams.BatchAppend.cs', 'Server Is Not Ready'],
    ['Streams.BatchAppend.cs', 'Server Is Busy'],
    ['Streams.BatchAppend.cs', 'No leader info available in response'],
    ['RpcExceptions.cs', '14 UNAVAILABLE: Server Is Not Ready'],
    ['RpcExceptions.cs', '14 UNAVAILABLE: Server Is Too Busy'],
    ['RpcExceptions.cs', '2 UNKNOWN: No leader info available in response'],
  ])('%s: "%s" of a call that it has not taken on', (_, text) => {
    const error = new Error(text);
    expect([isUndone(error), isPassing(error)]).toEqual([true, true]);
  });

  it.each([
    '3 INVALID_ARGUMENT: Trying to read from an invalid position.',
    '2 UNKNOWN: Unexpected ReadAllResult: InvalidPosition',
  ])('RpcExceptions.cs: "%s" of a place where nothing begins', (text) => {
    const error = Object.assign(new Error(text), { code: Number.parseInt(text, 10) });
    expect([isInvalidPosition(error), isPassing(error), isUndone(error)]).toEqual([true, false, false]);
  });

  it.each([
    '13 INTERNAL: Received RST_STREAM with code 2',
    '2 UNKNOWN: Exception was thrown by handler.',
    'Timeout',
  ])('"%s" of a call of which nothing is known', (text) => {
    const error = Object.assign(new Error(text), { code: Number.parseInt(text, 10) || 4 });
    expect([isUndone(error), isPassing(error)]).toEqual([false, true]);
  });
});
