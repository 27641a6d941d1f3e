export * from './problem.js';
export { problemOf } from './problem-of.js';
export { ProblemValidationPipe } from './problem-validation.pipe.js';
export { Public, type Role, Roles, ROLES } from './roles.js';
export * from './tokens.js';
