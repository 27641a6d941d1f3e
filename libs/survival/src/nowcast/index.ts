export * from './nowcast.js';
export * from './open-days.js';
export { type CountForecast } from './predictive-interval.js';
export { CONVERTED, LOST, type NowcastSample, PENDING } from './sample.js';
