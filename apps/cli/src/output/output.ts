/** Whoever reads the output has seen enough: no failure. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** Where answers go. */
export interface Output {
  /** Characters a line, where it is a terminal. */
  readonly width: number | undefined;
  /** Resolves when there is room for more. Rejects with `OutputClosed` when nobody reads any more. */
  write(text: string | Uint8Array): Promise<void>;
}

export function standardOutput(): Output {
  const { stdout } = process;
  return {
    width: stdout.isTTY ? stdout.columns : undefined,
    write: (text) =>
      new Promise((resolve, reject) => {
        stdout.write(text, (error) => {
          if (!error) resolve();
          else reject((error as NodeJS.ErrnoException).code === 'EPIPE' ? new OutputClosed() : error);
        });
      }),
  };
}

/** An answer as it is, readable. */
export async function printJson(out: Output, answer: unknown): Promise<void> {
  await out.write(`${JSON.stringify(answer, null, 2)}\n`);
}

/** What is said beside the answer. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
