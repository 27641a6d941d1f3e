import { setTimeout as sleep } from 'node:timers/promises';
import { type QueryParts } from '../query-parts.js';
import { PositionFeed } from './position-feed.js';

type Model = { position: number; ready: boolean };

function feedOver(models: () => Model[] | Error) {
  let looks = 0;
  const status = async () => {
    looks += 1;
    const told = models();
    if (told instanceof Error) throw told;
    return told.map((model) => ({ projection: 'any', ...model }));
  };
  const feed = new PositionFeed({ figures: { status } } as unknown as QueryParts);
  return { feed, looks: () => looks };
}

const listener = () => {
  const heard: (number | 'end')[] = [];
  return { heard, moved: (position: number) => heard.push(position), ended: () => heard.push('end') };
};

describe('the position feed', () => {
  it('tells where the slowest figure stands, at once and when it moves, and nothing while one is not loaded', async () => {
    let models: Model[] | Error = [{ position: 3, ready: false }];
    const { feed } = feedOver(() => models);
    const one = listener();
    feed.listen(one);
    await sleep(20);
    expect(one.heard).toEqual([]);
    models = [
      { position: 9, ready: true },
      { position: 7, ready: true },
    ];
    await sleep(600);
    models = new Error('away');
    const two = listener();
    feed.listen(two);
    await sleep(600);
    models = [{ position: 8, ready: true }];
    await sleep(600);
    expect(one.heard).toEqual([7, 8]);
    expect(two.heard).toEqual([7, 8]);
    feed.onModuleDestroy();
    expect(one.heard.at(-1)).toBe('end');
    const late = listener();
    feed.listen(late);
    expect(late.heard).toEqual(['end']);
  });

  it('looks only while somebody listens', async () => {
    const { feed, looks } = feedOver(() => [{ position: 1, ready: true }]);
    const leave = feed.listen(listener());
    await sleep(20);
    leave();
    const before = looks();
    await sleep(700);
    expect(looks()).toBe(before);
  });
});
