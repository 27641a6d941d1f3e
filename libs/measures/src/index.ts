export * from './selection.js';
export * from './measure.error.js';
export * from './group-order.js';
export * from './layout.js';
export * from './layout-funnel.js';
