/**
 * Fills the journey columns from the read models and prints how long that takes and what they hold in memory.
 *
 *   node columns.js READ-MODELS
 */
import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openReadModels } from '#read-models/open';
import { FollowedModel } from '../../libs/figures/src/followed-model.js';
import { JourneyColumns } from '../../libs/figures/src/journey-columns.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function bytesInUse(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const store = await openReadModels(`sqlite:${process.argv[2]}`);
const model = new FollowedModel(store, 'journeys', () => new JourneyColumns());
const before = bytesInUse();
const started = performance.now();
while (!(await model.refresh(await store.models(), 1_000_000)));
const { columns } = model.loaded!;
columns.cursor();
const seconds = (performance.now() - started) / 1000;
const bytes = bytesInUse() - before;
process.stdout.write(JSON.stringify({ facts: columns.facts.length, seconds, bytes }));
await store.close();
