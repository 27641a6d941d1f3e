import { setTimeout as sleep } from 'node:timers/promises';
import { CATALOGUE, FORM, HOUR, IDENTITY, type OpenedStore, taken } from './read-model.examples.js';
import { type ReadModel, type ReadModelStore } from './read-model.port.js';

/** What every store of read models promises of its leases: one writes, and whoever was overtaken changes nothing. */
export function leaseContract(open: () => Promise<OpenedStore>): void {
  describe('lease', () => {
    let opened: OpenedStore;
    let store: ReadModelStore;
    let model: ReadModel;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      model = await store.open(IDENTITY, FORM, CATALOGUE);
    });

    afterEach(() => opened.cleanup());

    it('is held by one at a time, and renewed by its holder with the same epoch', async () => {
      const first = await taken(store, 'A');
      expect(await store.lease('projector', 'B', HOUR)).toBeUndefined();
      expect(await (await opened.another()).lease('projector', 'B', HOUR)).toBeUndefined();
      expect(await store.lease('projector', 'A', HOUR)).toEqual(first);
      expect(await store.lease('another name', 'B', HOUR)).toMatchObject({ holder: 'B' });
    });

    it('has one winner among those who ask at once', async () => {
      const other = await opened.another();
      const holders = Array.from({ length: 20 }, (_, index) => `H${index}`);
      const leases = await Promise.all(
        holders.map((holder, index) => (index % 2 ? store : other).lease('projector', holder, HOUR)),
      );
      expect(leases.filter(Boolean)).toHaveLength(1);
    });

    it('goes to another with a higher epoch when it ran out, and fences off the one before', async () => {
      const first = await taken(store, 'A', 20);
      expect(await model.advance(0, 1, first)).toBe(true);
      await sleep(40);
      const second = await taken(store, 'B', HOUR);
      expect(second.epoch).toBeGreaterThan(first.epoch);
      expect(await model.advance(1, 2, first)).toBe(false);
      expect(await model.checkpoint()).toBe(1);
      expect(await model.advance(1, 2, second)).toBe(true);
      expect(await store.lease('projector', 'A', HOUR)).toBeUndefined();
    });

    it('that is not the newest any more changes nothing of the models', async () => {
      const next = await store.open({ ...IDENTITY, version: 2 }, FORM, CATALOGUE);
      const first = await taken(store, 'A', 20);
      await store.serve(model.id, first);
      await sleep(40);
      const second = await taken(store, 'B', HOUR);
      const before = await store.models();
      expect(await store.serve(next.id, first)).toBe(false);
      expect(await store.drop(model.id, first)).toBe(false);
      expect(await model.report({ position: 1, detail: 'late' }, first)).toBe(false);
      expect(await store.models()).toEqual(before);
      const forged = [
        { ...second, holder: 'A' },
        { ...second, epoch: first.epoch },
        { ...second, name: 'x' },
      ];
      for (const lease of forged) expect(await store.serve(next.id, lease)).toBe(false);
      expect(await store.serve(next.id, second)).toBe(true);
    });

    it('can have any name and holder', async () => {
      for (const odd of ['$NOW', 'a.b', '$$ROOT', '{"$ne":null}', 'è 漢字', '__proto__', '.']) {
        const lease = await store.lease(odd, odd, HOUR);
        expect(lease).toEqual({ name: odd, holder: odd, epoch: 1 });
        expect(await store.lease(odd, 'other', HOUR)).toBeUndefined();
        await store.release(lease!);
        expect(await store.lease(odd, 'other', HOUR)).toEqual({ name: odd, holder: 'other', epoch: 2 });
      }
    });

    it('lasts as long as it is renewed', async () => {
      const lease = await taken(store, 'A', 20);
      await taken(store, 'A', HOUR);
      await sleep(40);
      expect(await store.lease('projector', 'B', HOUR)).toBeUndefined();
      expect(await model.advance(0, 1, lease)).toBe(true);
    });

    it('can be given back, which does nothing for one that was overtaken', async () => {
      const first = await taken(store, 'A');
      await store.release(first);
      const second = await taken(store, 'B');
      expect(second.epoch).toBeGreaterThan(first.epoch);
      await store.release(first);
      expect(await store.lease('projector', 'C', HOUR)).toBeUndefined();
      await store.release(second);
      expect((await taken(store, 'A')).epoch).toBeGreaterThan(second.epoch);
    });
  });
}
