export * from './event-log.error.js';
export * from './event-log.port.js';
export * from './position.js';
