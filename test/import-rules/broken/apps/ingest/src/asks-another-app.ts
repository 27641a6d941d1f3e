import { answer } from '../../query/src/answer.js';

/** Breaks a rule on purpose: an app that imports an app. */
export const borrowed = answer;
