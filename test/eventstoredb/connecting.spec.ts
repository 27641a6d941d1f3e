import { join } from 'node:path';
import { jest } from '@jest/globals';
import { NO_STREAM } from '#event-log';
import { allFacts, numbered } from '#event-log/event-log.examples';
import { openEventStoreDbEventLog } from '#event-log/eventstoredb/eventstoredb-event-log';
import { openEventLog } from '#event-log/open';
import { EventStoreDouble } from './event-store-double.js';

const TLS = join(process.cwd(), 'test', 'eventstoredb', 'tls');
const tls = { certificate: join(TLS, 'for-tests.crt'), key: join(TLS, 'for-tests.key') };
const login = { name: 'writer', password: 's3cret:p@ss' };
const append = { stream: 'journey-1', expectedRevision: NO_STREAM, facts: numbered(2) };

describe('a connection string', () => {
  it('brings certificates, user and password to the node', async () => {
    const node = await EventStoreDouble.start({ tls, login });
    const url = `${node.url}&tlsCAFile=${encodeURIComponent(tls.certificate)}&tlsVerifyCert=true`;
    const log = await openEventLog(url, { mode: 'write' });
    expect(await log.append(append)).toMatchObject({ kind: 'appended' });
    expect(await allFacts(log)).toHaveLength(2);
    await log.close();
    await node.kill();
  });

  it('brings the certificate of a user, without which the node lets nobody in', async () => {
    const [certificate, key] = ['crt', 'key'].map((kind) => join(TLS, `client-for-tests.${kind}`)) as [
      string,
      string,
    ];
    const node = await EventStoreDouble.start({ tls: { ...tls, clientAuthority: certificate } });
    const stranger = `${node.url}&tlsCAFile=${encodeURIComponent(tls.certificate)}`;
    const user = `&userCertFile=${encodeURIComponent(certificate)}&userKeyFile=${encodeURIComponent(key)}`;
    const patience = { mode: 'write', callLimitMs: 300, patienceMs: 600 } as const;
    const [refused, taken] = [stranger, stranger + user].map((url) =>
      openEventStoreDbEventLog(url, patience),
    );
    await expect(refused!.append(append)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await taken!.append(append)).toMatchObject({ kind: 'appended' });
    await Promise.all([refused!.close(), taken!.close()]);
    await node.kill();
  });

  it('checks the certificate of the node whatever tlsVerifyCert says', async () => {
    const node = await EventStoreDouble.start({ tls });
    const patience = { mode: 'write', callLimitMs: 300, patienceMs: 600 } as const;
    const log = openEventStoreDbEventLog(`${node.url}&tlsVerifyCert=false`, patience);
    await expect(log.append(append)).rejects.toMatchObject({ code: 'unavailable' });
    await log.close();
    await node.kill();
  });

  it('that the node does not accept is told without the password', async () => {
    const node = await EventStoreDouble.start({ tls, login });
    const ca = `tlsCAFile=${encodeURIComponent(tls.certificate)}`;
    const url = `${node.url}&${ca}`.replace('writer', 'nobody');
    const log = openEventStoreDbEventLog(url, { mode: 'write', callLimitMs: 300, patienceMs: 600 });
    const calls = [log.append(append), log.head(), log.readStream('journey-1')];
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } });
      expect(JSON.stringify(outcome, Object.getOwnPropertyNames(Error.prototype))).not.toContain('s3cret');
      expect(String(outcome.status === 'rejected' && outcome.reason)).not.toContain('s3cret');
    }
    await log.close();
    await node.kill();
  });

  it('that asks for conflicts without an error does not get them, since those name a wrong revision', async () => {
    const node = await EventStoreDouble.start();
    const log = await openEventLog(`${node.url}&throwOnAppendFailure=false`, { mode: 'write' });
    await log.append(append);
    const facts = numbered(1, 'other');
    const outcome = await log.append({ ...append, facts });
    expect(outcome).toEqual({ kind: 'wrong-expected-revision', actualRevision: 1 });
    await log.close();
    await node.kill();
  });

  it('that discovers a cluster finds its leader', async () => {
    const node = await EventStoreDouble.start();
    const log = await openEventLog(`esdb+discover://127.0.0.1:${node.port}?tls=false`, { mode: 'write' });
    expect(await log.append(append)).toMatchObject({ kind: 'appended' });
    await node.kill();
    const again = log.append({ ...append, stream: 'journey-2' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await node.start();
    expect(await again).toMatchObject({ kind: 'appended' });
    await log.close();
    await node.kill();
  });

  it.each([
    ['esdb://admin:s3cret@', /cannot be used/],
    ['esdb://admin:s3cret@host:port', /cannot be used: expected port number/],
    ['esdb://admin:s3cret@host?tls=maybe', /cannot be used: expected true or false/],
    ['esdb://admin:s3cret@host?tlsCAFile=/nowhere/ca.crt', /certificate/],
    ['esdb://admin:s3cret@host?userCertFile=/nowhere/user.crt', /certificate/],
    ['esdb://admin:s3cret@host?secretOption=1', /no connection option "secretOption"/],
  ])('%s is refused without showing what is secret, on the console too', async (url, message) => {
    const spies = (['warn', 'error', 'log'] as const).map((kind) => jest.spyOn(console, kind));
    const error = await openEventLog(url, { mode: 'write' }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'invalid', message: expect.stringMatching(message) as string });
    expect(String(error)).not.toContain('s3cret');
    expect(spies.flatMap((spy) => spy.mock.calls.flat().map(String)).join()).not.toContain('s3cret');
    for (const spy of spies) spy.mockRestore();
  });

  it('can name a node that is not there yet', async () => {
    const port = await freePort();
    const log = await openEventLog(`esdb://127.0.0.1:${port}?tls=false`, { mode: 'write' });
    const appending = log.append(append);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const node = await EventStoreDouble.start({ port });
    expect(await appending).toMatchObject({ kind: 'appended' });
    await log.close();
    await node.kill();
  });
});

async function freePort(): Promise<number> {
  const node = await EventStoreDouble.start();
  await node.kill();
  return node.port;
}
