import { type MakeAgain } from './document.js';
import { linkTo } from './links.js';
import { type ReportScope } from './scope.js';

const KEY = '-H "authorization: Bearer $PERCORSO_KEY"';

/** Facts that figures count without leading to people; a retraction may be one of them. */
const WITHOUT_PEOPLE =
  '"type":"it.mip.(contact-handled|meeting-held|web-traffic|questionnaire-sent|questionnaire-completed|retracted).v1"';

/**
 * The lines that make a report once more. Where it was asked for what is known now, they ask for what was known when
 * it was made.
 */
export function makeAgain(
  scope: ReportScope,
  { position, madeAt }: { readonly position: string; readonly madeAt: string },
): MakeAgain {
  const { year, lang, question } = scope;
  const knownAt = question.knownAt ?? madeAt;
  const asked = { knownAt, ...(question.until === null ? {} : { until: question.until }), lang };
  const query = Object.entries(asked).map(([name, value]) => `${name}=${value}`);
  const options = Object.entries(asked).map(([name, value]) => `--${dashed(name)} ${value}`);
  const replay = linkTo(scope, 'audit/replay', { ...scope.yearParameters(), asOf: position, knownAt });
  return {
    curl: `curl -s "$PERCORSO_URL/v1/reports/${year}?${query.join('&')}" ${KEY}`,
    mip: `npx mip report ${year} ${options.join(' ')}`,
    replay,
    facts: `curl -s "$PERCORSO_URL/v1/audit/log?knownAt=${knownAt}" -H "accept: application/x-ndjson" ${KEY} | grep -E '${WITHOUT_PEOPLE}'`,
  };
}

const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
