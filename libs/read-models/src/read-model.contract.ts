import fc from 'fast-check';
import { leaseContract } from './lease.contract.js';
import {
  CATALOGUE,
  FORM,
  HOUR,
  IDENTITY,
  type OpenedStore,
  rejectsWith,
  row,
  taken,
} from './read-model.examples.js';
import { type ModelRow, type ReadModel, type ReadModelStore } from './read-model.port.js';

export { type OpenedStore } from './read-model.examples.js';

const byPlace = (a: ModelRow, b: ModelRow) => a.position - b.position || a.sequence - b.sequence;
const everything = { after: 0, upTo: Number.MAX_SAFE_INTEGER, limit: 100_000 };
/** What every store of read models promises, whatever is behind it. `open` gives a new, empty store for each test. */
export function readModelContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name} keeps the promises of a store of read models`, () => {
    let opened: OpenedStore;
    let store: ReadModelStore;
    let model: ReadModel;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      model = await store.open(IDENTITY, FORM, CATALOGUE);
    });

    afterEach(() => opened.cleanup());

    const infoOf = async (id: string) => (await store.models()).find((info) => info.id === id);

    describe('rows', () => {
      it('gives rows back by position and sequence, in whatever order they came', async () => {
        await model.add([row(7, 1), row(3), row(7, 0)]);
        await model.add([row(5), row(1)]);
        expect(await model.rows(everything)).toEqual([row(1), row(3), row(5), row(7, 0), row(7, 1)]);
      });

      it('adds the same rows again without effect, and keeps the first of a place', async () => {
        await model.add([row(1), row(2)]);
        await model.add([row(1), row(2), row(3)]);
        await model.add([row(2, 0, 'other', 99)]);
        expect(await model.rows(everything)).toEqual([row(1), row(2), row(3)]);
        expect((await model.groups(['other'], 100)).get('other') ?? []).toEqual([]);
      });

      it('takes no rows at all', async () => {
        await model.add([]);
        expect(await model.rows(everything)).toEqual([]);
      });

      it('may hold rows above the checkpoint', async () => {
        await model.add([row(10), row(20)]);
        await model.advance(0, 10, await taken(store));
        expect(await model.checkpoint()).toBe(10);
        expect(await model.rows({ after: 0, upTo: 10, limit: 10 })).toEqual([row(10)]);
        await model.add([row(20), row(21)]);
        expect(await model.rows({ after: 10, upTo: 30, limit: 10 })).toEqual([row(20), row(21)]);
      });

      it('keeps every kind of cell and group as it is', async () => {
        const big = Number.MAX_SAFE_INTEGER;
        const odd: ModelRow[] = [
          { position: 1, sequence: 0, group: '', cells: [null, null] },
          { position: 2, sequence: 0, group: 'journey-è-漢字-🎈', cells: [big, ''] },
          { position: 3, sequence: 0, group: 'a\u0000b', cells: [-big, 'nul \u0000 inside'] },
          { position: 4, sequence: 0, group: "'; DROP TABLE x; --", cells: [0, '"quoted" \\ \u2028'] },
          { position: big, sequence: 70_000, group: 'x'.repeat(3000), cells: [2 ** 32, 'y'.repeat(100_000)] },
        ];
        await model.add(odd);
        expect(await model.rows(everything)).toEqual(odd);
        const groups = odd.map(({ group }) => group);
        expect(await model.groups(groups.slice(0, 4), big)).toEqual(
          new Map(odd.slice(0, 4).map((one) => [one.group, [one]])),
        );
      });

      it('refuses a row that has not the form of the model', async () => {
        const wrong = [{ position: 1, sequence: 0, group: 'J', cells: [1] }];
        await expect(model.add(wrong)).rejects.toMatchObject(rejectsWith('invalid'));
        const text = [row(1), { position: 2, sequence: 0, group: 'J', cells: ['no number', 'x'] }];
        await expect(model.add(text)).rejects.toMatchObject(rejectsWith('invalid'));
      });

      it('never divides a position, and gives all rows over any pages', async () => {
        const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 30 });
        await model.add([row(500_000, 9)]);
        let start = 0;
        await fc.assert(
          fc.asyncProperty(sizes, fc.integer({ min: 1, max: 10 }), async (perPosition, limit) => {
            const rows = perPosition.flatMap((count, index) =>
              Array.from({ length: count }, (_, sequence) => row(start + index + 1, sequence)),
            );
            await model.add(rows);
            const range = { after: start, upTo: start + perPosition.length, limit };
            start += perPosition.length;
            const read: ModelRow[] = [];
            for (;;) {
              const page = await model.rows({ ...range, after: read.at(-1)?.position ?? range.after });
              if (page.length === 0) break;
              const positions = new Set(page.map(({ position }) => position));
              expect(page.length <= limit || positions.size === 1).toBe(true);
              read.push(...page);
            }
            expect(read).toEqual(rows);
          }),
          { numRuns: 40 },
        );
      });
    });

    describe('groups', () => {
      it('gives the rows of hundreds of groups before a position', async () => {
        const rows = Array.from({ length: 3000 }, (_, index) => row(index + 1, 0, `J-${index % 700}`));
        await model.add([...rows, row(100, 1, 'J-99')]);
        const names = Array.from({ length: 700 }, (_, index) => `J-${index}`);
        const found = await model.groups([...names, 'nobody'], 2000);
        for (const group of names) {
          const expected = [...rows, row(100, 1, 'J-99')]
            .filter((one) => one.group === group && one.position < 2000)
            .sort(byPlace);
          expect(found.get(group)).toEqual(expected);
        }
        expect(found.get('nobody') ?? []).toEqual([]);
        expect(await model.groups([], 2000)).toEqual(new Map());
      });

      it('tells groups apart, also where a hash of them is the same', async () => {
        // The first two, and the next two, have the same 32-bit FNV-1a hash.
        const alike = ['costarring', 'liquid', 'declinate', 'macallums', 'a', 'A', 'a ', 'à', 'a\u0300'];
        await model.add(alike.map((group, index) => row(index + 1, 0, group)));
        const found = await model.groups(alike, 100);
        alike.forEach((group, index) => expect(found.get(group)).toEqual([row(index + 1, 0, group)]));
      });

      it('are refused for a model that is not read by group', async () => {
        const plain = await store.open(
          { ...IDENTITY, projection: 'monthly_funnel' },
          { ...FORM, grouped: false },
          CATALOGUE,
        );
        await plain.add([row(1)]);
        await expect(plain.groups(['J'], 9)).rejects.toMatchObject(rejectsWith('invalid'));
        expect(await plain.rows(everything)).toEqual([row(1)]);
      });
    });

    describe('checkpoint', () => {
      it('begins at 0 and moves only from where it is', async () => {
        const lease = await taken(store);
        expect(await model.checkpoint()).toBe(0);
        expect(await model.advance(0, 12, lease)).toBe(true);
        expect(await model.advance(0, 15, lease)).toBe(false);
        expect(await model.advance(11, 15, lease)).toBe(false);
        expect(await model.checkpoint()).toBe(12);
        expect(await model.advance(12, Number.MAX_SAFE_INTEGER, lease)).toBe(true);
        expect(await model.checkpoint()).toBe(Number.MAX_SAFE_INTEGER);
      });

      it('has one winner among those who move it at once', async () => {
        const lease = await taken(store);
        const rival = await (await opened.another()).open(IDENTITY, FORM, CATALOGUE);
        const moves = Array.from({ length: 20 }, (_, index) =>
          (index % 2 ? model : rival).advance(0, index + 1, lease),
        );
        const results = await Promise.all(moves);
        expect(results.filter(Boolean)).toHaveLength(1);
        expect(await model.checkpoint()).toBe(results.indexOf(true) + 1);
      });

      it('is seen by other connections', async () => {
        const other = await (await opened.another()).open(IDENTITY, FORM, CATALOGUE);
        expect(other.id).toBe(model.id);
        await model.add([row(3)]);
        await model.advance(0, 3, await taken(store));
        expect(await other.checkpoint()).toBe(3);
        expect(await other.rows(everything)).toEqual([row(3)]);
      });
    });

    leaseContract(open);

    describe('models', () => {
      it('are made in state building and found again by all of their identity', async () => {
        const others = [
          { version: 2 },
          { catalogueDigest: 'd2' },
          { generation: 1 },
          { projection: 'meetings' },
        ];
        const ids = [model.id];
        for (const change of others) {
          ids.push((await store.open({ ...IDENTITY, ...change }, FORM, CATALOGUE)).id);
        }
        expect(new Set(ids).size).toBe(5);
        expect((await store.open(IDENTITY, FORM, CATALOGUE)).id).toBe(model.id);
        const { generation: _absent, ...withoutGeneration } = IDENTITY;
        expect((await store.open(withoutGeneration, FORM, CATALOGUE)).id).toBe(model.id);
        const models = await store.models();
        expect(models.map(({ id }) => id).sort()).toEqual(ids.sort());
        expect(await infoOf(model.id)).toEqual({
          ...IDENTITY,
          id: model.id,
          state: 'building',
          checkpoint: 0,
          catalogue: CATALOGUE,
          problem: null,
        });
      });

      it('do not share rows or checkpoints', async () => {
        const other = await store.open({ ...IDENTITY, generation: 1 }, FORM, CATALOGUE);
        await model.add([row(1)]);
        await model.advance(0, 1, await taken(store));
        expect(await other.rows(everything)).toEqual([]);
        expect(await other.checkpoint()).toBe(0);
      });

      it('are opened by many at once', async () => {
        const other = await opened.another();
        const identity = { ...IDENTITY, version: 7 };
        const models = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            (index % 2 ? store : other).open(identity, FORM, CATALOGUE),
          ),
        );
        expect(new Set(models.map(({ id }) => id)).size).toBe(1);
      });

      it('refuse another form under the same identity', async () => {
        const form = { ...FORM, columns: FORM.columns.slice(1) };
        await expect(store.open(IDENTITY, form, CATALOGUE)).rejects.toMatchObject(rejectsWith('invalid'));
      });

      it('take over from one another within a projection', async () => {
        const next = await store.open({ ...IDENTITY, version: 2 }, FORM, CATALOGUE);
        const unrelated = await store.open({ ...IDENTITY, projection: 'meetings' }, FORM, CATALOGUE);
        const lease = await taken(store);
        expect(await store.serve(model.id, lease)).toBe(true);
        expect(await store.serve(unrelated.id, lease)).toBe(true);
        expect(await store.serve(model.id, lease)).toBe(true);
        expect((await infoOf(model.id))?.state).toBe('serving');
        expect((await infoOf(next.id))?.state).toBe('building');
        expect(await store.serve(next.id, lease)).toBe(true);
        expect((await infoOf(model.id))?.state).toBe('retired');
        expect((await infoOf(next.id))?.state).toBe('serving');
        expect((await infoOf(unrelated.id))?.state).toBe('serving');
      });

      it('are gone with their rows when dropped; made again they are empty and another', async () => {
        await model.add([row(1)]);
        const lease = await taken(store);
        await model.advance(0, 1, lease);
        expect(await store.drop(model.id, lease)).toBe(true);
        expect(await store.models()).toEqual([]);
        await expect(model.checkpoint()).rejects.toMatchObject(rejectsWith('unavailable'));
        await expect(model.rows(everything)).rejects.toMatchObject(rejectsWith('unavailable'));
        await expect(model.groups(['J'], 9)).rejects.toMatchObject(rejectsWith('unavailable'));
        expect(await model.advance(1, 2, lease).catch(() => false)).toBe(false);
        await model.add([row(2)]).catch(() => undefined);
        const again = await store.open(IDENTITY, FORM, CATALOGUE);
        expect(again.id).not.toBe(model.id);
        expect(await again.rows(everything)).toEqual([]);
        expect(await again.checkpoint()).toBe(0);
      });

      it('are refused where they are not known', async () => {
        const lease = await taken(store);
        for (const id of ['nothing', '', 'a.b', '$where', '__proto__', 'constructor']) {
          await expect(store.serve(id, lease)).rejects.toMatchObject(rejectsWith('invalid'));
          await expect(store.drop(id, lease)).rejects.toMatchObject(rejectsWith('invalid'));
        }
      });

      it('keep and clear why their projection stands still', async () => {
        const lease = await taken(store);
        expect(await model.report({ position: 42, detail: 'unknown venue "è"' }, lease)).toBe(true);
        expect((await infoOf(model.id))?.problem).toEqual({ position: 42, detail: 'unknown venue "è"' });
        expect(await model.report(null, lease)).toBe(true);
        expect((await infoOf(model.id))?.problem).toBeNull();
      });
    });

    it('keeps everything when it is opened again', async () => {
      const rows = [row(1), row(2, 0, 'K'), row(2, 1, 'K')];
      await model.add(rows);
      const lease = await taken(store);
      await model.advance(0, 2, lease);
      expect(await store.serve(model.id, lease)).toBe(true);
      await model.report({ position: 3, detail: 'odd' }, lease);
      const before = await store.models();
      store = await opened.reopen();
      expect(await store.models()).toEqual(before);
      const again = await store.open(IDENTITY, FORM, CATALOGUE);
      expect(await again.rows(everything)).toEqual(rows);
      expect(await again.groups(['K'], 9)).toEqual(new Map([['K', rows.slice(1)]]));
      expect(await again.advance(2, 4, lease)).toBe(true);
      expect((await store.lease('projector', 'B', HOUR)) ?? null).toBeNull();
    });

    it('refuses work after it was closed', async () => {
      const other = await opened.another();
      await other.close();
      await expect(other.models()).rejects.toMatchObject(rejectsWith('unavailable'));
    });
  });
}
