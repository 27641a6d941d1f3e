import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { ProblemError } from '#http';
import { ReplayQueue } from './replay-queue.js';

const patient = () => new AbortController().signal;

describe('ReplayQueue', () => {
  it('runs everything that it takes, in order and one at a time, whatever fails or is given up', async () => {
    const fates = fc.array(fc.constantFrom('succeeds', 'fails', 'gone'), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(fates, async (tasks) => {
        const queue = new ReplayQueue();
        const ran: number[] = [];
        let running = 0;
        const outcomes = tasks.map((fate, index) => {
          const caller = new AbortController();
          const outcome = queue.run(async () => {
            running += 1;
            expect(running).toBe(1);
            ran.push(index);
            await nextTurn();
            running -= 1;
            if (fate === 'fails') throw new Error('so it is');
          }, caller.signal);
          // The first has started already: only those that wait can be given up.
          if (fate === 'gone') caller.abort();
          return outcome;
        });
        const settled = await Promise.allSettled(outcomes);
        const waited = (index: number) => tasks[index] === 'gone' && index > 0;
        expect(ran).toEqual(tasks.flatMap((_, index) => (waited(index) ? [] : [index])));
        expect(settled.map(({ status }) => status)).toEqual(
          tasks.map((fate, index) => (fate === 'fails' || waited(index) ? 'rejected' : 'fulfilled')),
        );
      }),
    );
  });

  it('refuses what would wait too long, and takes again when there is room', async () => {
    const queue = new ReplayQueue();
    let finish = () => {};
    const first = queue.run(() => new Promise<void>((resolve) => (finish = resolve)), patient());
    const waiting = Array.from({ length: 8 }, () => queue.run(nextTurn, patient()));
    const refusal = await queue.run(nextTurn, patient()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ProblemError);
    expect(refusal).toMatchObject({ code: 'overloaded', retryAfterSeconds: 10 });
    finish();
    await Promise.all([first, ...waiting]);
    await queue.run(nextTurn, patient());
  });

  it('lets nobody wait for ever', async () => {
    class Impatient extends ReplayQueue {
      protected override readonly waitMostMs = 50;
    }
    const queue = new Impatient();
    let finish = () => {};
    const first = queue.run(() => new Promise<void>((resolve) => (finish = resolve)), patient());
    let late = false;
    const refusal = await queue.run(async () => (late = true), patient()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ProblemError);
    expect(refusal).toMatchObject({ code: 'busy', status: 503, retryAfterSeconds: 10 });
    finish();
    await first;
    await queue.run(nextTurn, patient());
    expect(late).toBe(false);
  });

  it('does not start for a caller that is gone', async () => {
    await expect(new ReplayQueue().run(nextTurn, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});
