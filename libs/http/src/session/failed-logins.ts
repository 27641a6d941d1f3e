const WINDOW_MS = 60_000;
const ALLOWED = 10;
/** Addresses that are remembered at a time. */
const MOST = 10_000;

/** Counts wrong keys by address, so that guessing takes for ever. */
export class FailedLogins {
  private readonly failures = new Map<string, { count: number; readonly until: number }>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Seconds to wait before the address may try again; 0 when it may now. */
  waitSeconds(address: string): number {
    const known = this.failures.get(address);
    if (!known || known.count < ALLOWED) return 0;
    return Math.max(Math.ceil((known.until - this.now()) / 1000), 0);
  }

  add(address: string): void {
    const known = this.failures.get(address);
    if (known && known.until > this.now()) known.count += 1;
    else this.start(address);
  }

  private start(address: string): void {
    this.failures.delete(address);
    this.failures.set(address, { count: 1, until: this.now() + WINDOW_MS });
    // A map keeps the order of insertion: the first address is the one known longest.
    const [oldest] = this.failures.keys();
    if (this.failures.size > MOST && oldest !== undefined) this.failures.delete(oldest);
  }
}
