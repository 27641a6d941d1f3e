/**
 * npm run bench:nowcast [-- HISTORIES]
 *
 * How often the limits of the nowcast hold on made-up programmes of known truth (500 of each kind unless given), and how
 * long a nowcast of as many members as a million facts have takes.
 */
import { coverageOf, SCENARIOS } from '#survival/nowcast/testing/coverage';
import { nowcast, type PendingByEntry } from '#survival';
import { simulatedHistory } from '#survival/nowcast/testing/simulated-history';

const histories = Number(process.argv[2] ?? 500);
const percent = (count: number, of: number) => `${((100 * count) / of).toFixed(1)} %`;
const processorMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

console.log(
  'programme        of        forecast               expected    truth     80 %     95 %  least month',
);
for (const [name, scenario] of Object.entries(SCENARIOS)) {
  const { inAll, byCohort, leastByCohort } = coverageOf(scenario, histories);
  for (const [of, coverage] of Object.entries({ inAll, byCohort })) {
    for (const [target, { forecasts, expected, truth, within80, within95 }] of Object.entries(coverage)) {
      const means = [expected, truth].map((sum) => (sum / forecasts).toFixed(2).padStart(8)).join(' ');
      const held = [within80, within95].map((count) => percent(count, forecasts).padStart(8)).join(' ');
      const least = of === 'byCohort' ? percent(leastByCohort[target as keyof typeof leastByCohort], 1) : '';
      console.log(
        `${name.padEnd(16)} ${of.padEnd(9)} ${target.padEnd(22)} ${means} ${held} ${least.padStart(8)}`,
      );
    }
  }
}

const {
  sample,
  all: { pending },
} = simulatedHistory(1, { days: 1800, entriesPerDay: 95, cohortSpread: 0 });
const months = new Map<number, Map<number, number>>();
for (const [entry, members] of pending) {
  const month = Math.floor(entry / 30);
  months.set(month, (months.get(month) ?? new Map<number, number>()).set(entry, members));
}
const sets: PendingByEntry[] = [...months.values(), pending];
nowcast(sample, sets);
const before = processorMs();
nowcast(sample, sets);
console.log(
  `${sample.entry.length} members, ${sets.length} sets: ${Math.round(processorMs() - before)} ms of processor time`,
);
