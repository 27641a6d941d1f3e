/** Small numbers for the values of one column, given out in the order in which values are first seen. */
export class Dictionary {
  private readonly codes = new Map<string, number>();
  private readonly values: string[] = [];

  get size(): number {
    return this.values.length;
  }

  /** The code of a value; a new one where the value was not seen before. */
  code(value: string): number {
    const known = this.codes.get(value);
    if (known !== undefined) return known;
    this.codes.set(value, this.values.length);
    return this.values.push(value) - 1;
  }

  /** The code of a value, or undefined when it was never seen. */
  find(value: string): number | undefined {
    return this.codes.get(value);
  }

  value(code: number): string {
    return this.values[code]!;
  }
}
