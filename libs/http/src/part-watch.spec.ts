import { setTimeout as sleep } from 'node:timers/promises';
import { PartWatch } from './part-watch.js';

describe('the watch over the parts of a process', () => {
  it('tells once that a part is away, once that it is back, and nothing of one that is there', async () => {
    const told: string[] = [];
    const logger = {
      warn: ({ reason }: { reason: string }, message: string) => void told.push(`${message}: ${reason}`),
      info: (message: string) => void told.push(message),
    };
    let asked = 0;
    const comesThirdTime = async () => {
      asked += 1;
      if (asked < 3) throw new Error(`nobody at home ${asked}`);
    };
    const watch = new PartWatch({ 'the log': comesThirdTime, 'the rest': async () => 1 }, logger as never);
    for (let tries = 0; tries < 200 && told.length < 2; tries += 1) await sleep(20);
    await watch.stop();
    expect(told).toEqual(['waiting for the log: nobody at home 1', 'the log: there again']);
    const before = asked;
    await sleep(50);
    expect(asked).toBe(before);
  });
});
