import { Presets, SingleBar } from 'cli-progress';
import { tell } from './output.js';

/** Without a terminal: a line for each so many percent, or where the end is not known for each so many facts. */
const PLAIN_PERCENT = 10;
const PLAIN_FACTS = 100_000;

/** Shows how far a file is, beside the answer: on standard error. */
export interface Progress {
  /** @param done of the total; @param facts for the reader */
  update(done: number, facts: number): void;
  /** Says something without breaking what is shown. */
  note(text: string): void;
  end(): void;
}

/** @param total undefined when nobody knows it */
export function startProgress(label: string, total: number | undefined): Progress {
  if (total === undefined || total === 0) return counting(label);
  return process.stderr.isTTY ? bar(label, total) : percents(label, total);
}

function bar(label: string, total: number): Progress {
  const shown = new SingleBar(
    {
      format: `${label} {bar} {percentage} %  {facts} facts  {note}`,
      stream: process.stderr,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  shown.start(total, 0, { facts: 0, note: '' });
  return {
    update: (done, facts) => shown.update(done, { facts, note: '' }),
    note: (note) => shown.update({ note }),
    end: () => shown.stop(),
  };
}

function percents(label: string, total: number): Progress {
  let next = PLAIN_PERCENT;
  return {
    update(done, facts) {
      const percent = Math.floor((100 * done) / total);
      if (percent < next) return;
      next = percent - (percent % PLAIN_PERCENT) + PLAIN_PERCENT;
      tell(`${label}: ${percent} %, ${facts} facts`);
    },
    note: tell,
    end: () => undefined,
  };
}

function counting(label: string): Progress {
  let next = PLAIN_FACTS;
  return {
    update(_done, facts) {
      if (facts < next) return;
      next = facts - (facts % PLAIN_FACTS) + PLAIN_FACTS;
      tell(`${label}: ${facts} facts`);
    },
    note: tell,
    end: () => undefined,
  };
}
