import { type Lease, type ReadModelStore } from '#read-models';

/** Stands around every call that writes; `lease` is that of an advance. */
export type Intercept = <T>(work: () => Promise<T>, lease?: Lease) => Promise<T>;

/** The same store, with something around its writing calls. */
export function interceptedStore(store: ReadModelStore, intercept: Intercept): ReadModelStore {
  return {
    models: () => store.models(),
    open: async (identity, form, catalogue) => {
      const model = await store.open(identity, form, catalogue);
      return {
        id: model.id,
        checkpoint: () => model.checkpoint(),
        rows: (range) => model.rows(range),
        groups: (groups, before) => model.groups(groups, before),
        report: (problem, lease) => intercept(() => model.report(problem, lease), lease),
        add: (rows) => intercept(() => model.add(rows)),
        advance: (from, to, lease) => intercept(() => model.advance(from, to, lease), lease),
      };
    },
    serve: (id, lease) => intercept(() => store.serve(id, lease), lease),
    drop: (id, lease) => intercept(() => store.drop(id, lease), lease),
    lease: (name, holder, ttlMs) => store.lease(name, holder, ttlMs),
    release: (lease) => store.release(lease),
    close: () => store.close(),
  };
}
