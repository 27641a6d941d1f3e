import { Presets, SingleBar } from 'cli-progress';

/** Without a terminal: a line for each so many percent. */
const PLAIN_STEP = 10;

export interface Progress {
  update(done: number): void;
  end(): void;
}

/** A bar on a terminal, some plain lines elsewhere. */
export function startProgress(label: string, total: number): Progress {
  return process.stdout.isTTY ? bar(label, total) : lines(label, total);
}

function bar(label: string, total: number): Progress {
  const shown = new SingleBar(
    { format: `${label} {bar} {percentage}% of {total}`, stream: process.stdout, hideCursor: true },
    Presets.shades_classic,
  );
  shown.start(total, 0);
  return { update: (done) => shown.update(done), end: () => shown.stop() };
}

function lines(label: string, total: number): Progress {
  let next = PLAIN_STEP;
  return {
    update(done) {
      const percent = Math.floor((100 * done) / total);
      if (percent < next) return;
      next = percent - (percent % PLAIN_STEP) + PLAIN_STEP;
      process.stdout.write(`${label}: ${percent} % of ${total}\n`);
    },
    end: () => undefined,
  };
}
