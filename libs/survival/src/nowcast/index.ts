export * from './nowcast.js';
export * from './open-days.js';
export { type CountForecast } from './predictive-interval.js';
export { daysUntilRecorded } from './recording.js';
export { recordedShare } from './recording-delay.js';
export { CONVERTED, LOST, type NowcastSample, PENDING } from './sample.js';
export { type PendingByEntry } from './sets-by-entry.js';
