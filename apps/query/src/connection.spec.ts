import fastify from 'fastify';
import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo } from 'node:net';
import { goneSignal } from './connection.js';

describe('goneSignal', () => {
  const signals: AbortSignal[] = [];
  let answerNow = () => {};
  const app = fastify();
  app.get('/', async (_request, reply) => {
    signals.push(goneSignal(reply));
    await new Promise<void>((resolve) => (answerNow = resolve));
    return 'done';
  });

  beforeAll(() => app.listen({ port: 0, host: '127.0.0.1' }));
  afterAll(() => app.close());

  async function ask() {
    const { port } = app.server.address() as AddressInfo;
    const seen = signals.length;
    const asking = request({ port, host: '127.0.0.1' }).end();
    asking.on('error', () => undefined);
    while (signals.length === seen) await new Promise((resolve) => setTimeout(resolve, 5));
    return { asking, signal: signals.at(-1)! };
  }

  it('aborts when the caller hangs up', async () => {
    const { asking, signal } = await ask();
    expect(signal.aborted).toBe(false);
    asking.destroy();
    await once(signal, 'abort');
    answerNow();
  });

  it('stays quiet when the caller got the answer', async () => {
    const { asking, signal } = await ask();
    answerNow();
    const [answer] = (await once(asking, 'response')) as [NodeJS.ReadableStream];
    for await (const part of answer) expect(String(part)).toBe('done');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(signal.aborted).toBe(false);
  });
});
