/** Carries out pieces of asynchronous work one after another. */
export class Exclusive {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    // Whoever asked hears of a failure; those who wait go on.
    this.last = result.catch(() => undefined);
    return result;
  }
}
