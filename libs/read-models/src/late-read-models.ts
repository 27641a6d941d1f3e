import { ReadModelError } from './read-model.error.js';
import { type Lease, type ModelForm, type ModelIdentity, type ReadModelStore } from './read-model.port.js';

/**
 * A store that could not be opened yet: every call tries again to open it first, and fails as that fails. Calls made at
 * the same time share one attempt.
 */
export class LateReadModels implements ReadModelStore {
  private opening: Promise<ReadModelStore> | undefined;
  private isClosed = false;

  constructor(private readonly openStore: () => Promise<ReadModelStore>) {}

  async models() {
    return (await this.opened()).models();
  }

  async open(identity: ModelIdentity, form: ModelForm, catalogue: string) {
    return (await this.opened()).open(identity, form, catalogue);
  }

  async serve(id: string, lease: Lease) {
    return (await this.opened()).serve(id, lease);
  }

  async drop(id: string, lease: Lease) {
    return (await this.opened()).drop(id, lease);
  }

  async lease(name: string, holder: string, ttlMs: number) {
    return (await this.opened()).lease(name, holder, ttlMs);
  }

  async release(lease: Lease) {
    return (await this.opened()).release(lease);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const store = await this.opening?.catch(() => undefined);
    await store?.close();
  }

  private opened(): Promise<ReadModelStore> {
    if (this.isClosed) {
      return Promise.reject(new ReadModelError('unavailable', 'the read models are closed'));
    }
    this.opening ??= this.openStore().catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }
}
