export { type EventTypeDeclaration, type SubjectKind } from './declaration/event-type.js';
export { COUNT_MAX } from './declaration/fields.js';
export * from './fact-data.js';
export * from './fact.js';
export * from './stages.js';
