import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleFact } from '../event-log.examples.js';
import { NO_STREAM } from '../event-log.port.js';
import { openSqliteEventLog } from './sqlite-event-log.js';
import { StreamFilter } from './stream-filter.js';
import { streamHash } from './stream-table.js';

describe('the filter of streams', () => {
  it('lets every name pass that was added, by name or by hash', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (names) => {
        const filter = new StreamFilter(0);
        names.forEach((name, at) => (at % 2 ? filter.add(name) : filter.addHash(streamHash(name))));
        expect(names.every((name) => filter.mayHave(name))).toBe(true);
      }),
    );
  });

  it('stops nearly every other', () => {
    const filter = new StreamFilter(0);
    for (let number = 0; number < 200_000; number += 1) filter.add(`journey-${number}`);
    let passed = 0;
    for (let number = 0; number < 50_000; number += 1) if (filter.mayHave(`journey-x-${number}`)) passed += 1;
    expect(passed).toBeLessThan(1_000);
  });

  it('knows the streams of a log that is opened again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'percorso-filter-'));
    const path = join(folder, 'log.db');
    const names = Array.from({ length: 200 }, (_, number) => `journey-${number}`);
    const first = await openSqliteEventLog(path, { mode: 'write' });
    await Promise.all(
      names.map((stream) =>
        first.append({ stream, expectedRevision: NO_STREAM, facts: [exampleFact(stream)] }),
      ),
    );
    expect(await first.readStream('journey-7')).toHaveLength(1);
    await first.close();
    const again = await openSqliteEventLog(path, { mode: 'write' });
    for (const name of names) expect(await again.readStream(name)).toHaveLength(1);
    expect(await again.readStream('journey-none')).toEqual([]);
    await again.close();
    await rm(folder, { recursive: true });
  });
});
