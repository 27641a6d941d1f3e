import { setTimeout as sleep } from 'node:timers/promises';
import { AsideFigureService } from './aside-figure-service.js';
import { type FigureAnswer, type FigureRequest, type FigureService } from './figure-request.js';

const selection = { groupBy: [], filters: {} };
const SHORT: FigureRequest = { figure: 'stock', selection };
const LONG: FigureRequest = {
  ...{ figure: 'nowcast-backtest', selection },
  ...{ fromStage: 'attended', toStage: 'saChosen', net: false },
};
const answerOf = (position: number): FigureAnswer => ({ items: [], totals: {}, position, catalogue: '' });

/** A thread that answers one question after another, each when it is told to. */
class OneThread implements FigureService {
  readonly asked: string[] = [];
  filled = true;
  closed = 0;
  private answers: (() => void)[] = [];

  constructor(
    private readonly position: number,
    private readonly atOnce: boolean,
  ) {}

  ask({ figure }: FigureRequest): Promise<FigureAnswer> {
    this.asked.push(figure);
    if (this.atOnce) return Promise.resolve(answerOf(this.position));
    return new Promise((resolve) => this.answers.push(() => resolve(answerOf(this.position))));
  }

  answer(): void {
    this.answers.shift()!();
  }

  askAll(requests: readonly FigureRequest[]): Promise<readonly FigureAnswer[]> {
    return Promise.all(requests.map((request) => this.ask(request)));
  }

  status() {
    return Promise.resolve([
      { projection: 'journeys' as const, model: 'm', position: this.position, ready: this.filled },
    ]);
  }

  close(): Promise<void> {
    this.closed++;
    return Promise.resolve();
  }
}

async function until(is: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !is(); i++) await sleep(2);
  expect(is()).toBe(true);
}

describe('long figures', () => {
  it('are asked of a thread of their own, while the others and the status are answered', async () => {
    const main = new OneThread(1, true);
    const aside = new OneThread(2, false);
    const figures = new AsideFigureService(main, () => aside, 5);
    const long = figures.ask(LONG);
    await until(() => aside.asked.length === 1);
    expect(await figures.ask(SHORT)).toEqual(answerOf(1));
    expect(await figures.askAll([SHORT])).toEqual([answerOf(1)]);
    expect(await figures.status()).toMatchObject([{ position: 1 }]);
    expect(main.asked).toEqual(['stock', 'stock']);
    aside.answer();
    expect(await long).toEqual(answerOf(2));
    // Nobody asks: the memory is given back.
    await until(() => aside.closed === 1);
    await figures.close();
    expect([main.closed, aside.closed]).toEqual([1, 1]);
  });

  it('wait until that thread has taken in what the first one answers from', async () => {
    const aside = new OneThread(2, true);
    aside.filled = false;
    const started: FigureService[] = [];
    const figures = new AsideFigureService(new OneThread(1, true), () => {
      started.push(aside);
      return aside;
    });
    const answers = Promise.all([figures.ask(LONG), figures.ask(LONG)]);
    await sleep(30);
    expect(aside.asked).toEqual([]);
    aside.filled = true;
    expect(await answers).toHaveLength(2);
    expect(started).toHaveLength(1);
    await figures.close();
    expect(aside.closed).toBe(1);
  });
});
