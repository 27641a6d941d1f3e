export * from './create-figure-service.js';
export * from './figure.error.js';
export * from './figure-request.js';
export { type JourneyPage } from './journeys.figure.js';
