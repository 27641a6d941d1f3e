export * from './day.js';
export * from './instant.js';
export * from './worker-file.js';
export * from './background-thread.js';
export * from './make-folder.js';
