import { constants, setPriority } from 'node:os';

/**
 * Lets the calling worker thread give way to the threads that answer: it gets what processor time they leave. On
 * Linux a priority belongs to a thread; elsewhere it would slow the whole process down, so nothing is done there.
 */
export function yieldToAnsweringThreads(): void {
  if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_LOW);
}
