import { setTimeout as sleep } from 'node:timers/promises';
import { type Lease, type ReadModelStore } from '#read-models';

export interface LeaseOptions {
  readonly name: string;
  readonly holder: string;
  /** How long a lease runs without renewal; renewed three times as often. */
  readonly ttlMs: number;
}

/** How many times within its duration a lease is renewed, and asked for while another holds it. */
const TRIES = 3;

/** Waits until the lease is free and takes it; undefined when the signal comes first. `others` is told that it waits. */
export async function takeLease(
  store: ReadModelStore,
  { name, holder, ttlMs }: LeaseOptions,
  signal: AbortSignal,
  others: () => void = () => undefined,
): Promise<Lease | undefined> {
  while (!signal.aborted) {
    const lease = await store.lease(name, holder, ttlMs);
    if (lease) return lease;
    others();
    await sleep(ttlMs / TRIES, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

/** Renews a lease in the background. */
export class KeptLease {
  private readonly ended = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private renewedAt = Date.now();
  private renewing: Promise<void> | undefined;

  constructor(
    private readonly store: ReadModelStore,
    private readonly options: LeaseOptions,
    readonly lease: Lease,
  ) {
    this.timer = setInterval(() => {
      this.renewing ??= this.renew().finally(() => (this.renewing = undefined));
    }, options.ttlMs / TRIES);
  }

  /** Aborted when the lease is lost. */
  get lost(): AbortSignal {
    return this.ended.signal;
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    await this.renewing;
    await this.store.release(this.lease);
  }

  private async renew(): Promise<void> {
    const { name, holder, ttlMs } = this.options;
    const askedAt = Date.now();
    try {
      const renewed = await this.store.lease(name, holder, ttlMs);
      if (renewed?.epoch === this.lease.epoch) this.renewedAt = askedAt;
      else this.ended.abort();
    } catch {
      // A store that cannot be asked for a moment has not given the lease to another yet.
      if (Date.now() - this.renewedAt > ttlMs) this.ended.abort();
    }
  }
}
