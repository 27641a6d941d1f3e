import { say } from '../i18n/language.js';
import { problemDetail, problemMessage } from '../i18n/problem-words.js';

/** What went wrong: a sentence of this page, and small below what the server tells of it. */
export function Problem({
  problem,
  kind = 'problem',
}: {
  readonly problem: unknown;
  readonly kind?: 'problem' | 'warning';
}) {
  return (
    <p class={`notice notice-${kind}`} role="alert">
      {say(problemMessage(problem))} <small lang="en">{problemDetail(problem)}</small>
    </p>
  );
}
