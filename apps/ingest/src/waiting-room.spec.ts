import { WaitingRoom } from './waiting-room.js';

const overloaded = expect.objectContaining({
  code: 'overloaded',
  status: 429,
  retryAfterSeconds: 1,
}) as Error;

describe('the waiting room', () => {
  it('holds so many requests and no more, until one leaves', () => {
    const room = new WaitingRoom({ mostRequests: 2, mostBytes: 100 });
    const first = room.enter();
    room.enter();
    expect(() => room.enter()).toThrow(overloaded);
    first.leave();
    first.leave();
    room.enter();
    expect(() => room.enter()).toThrow(overloaded);
  });

  it('holds so many bytes and no more, over all requests', () => {
    const room = new WaitingRoom({ mostRequests: 10, mostBytes: 100 });
    const [first, second] = [room.enter(), room.enter()];
    first.take(60);
    second.take(40);
    expect(() => second.take(1)).toThrow(overloaded);
    first.leave();
    second.take(60);
    expect(() => second.take(1)).toThrow(overloaded);
  });
});
