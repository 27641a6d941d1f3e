import { parseDay } from '#calendar';
import { type GroupKey, type Selection } from '#measures';
import { type OracleQuestion } from '../oracle/oracle-rows.js';

/** The oracle's question as the system asks it. */
export function selectionOf(question: OracleQuestion): Selection {
  return {
    from: question.from === undefined ? undefined : parseDay(question.from),
    to: question.to === undefined ? undefined : parseDay(question.to),
    until: question.until,
    knownAt: question.knownAt,
    groupBy: question.groupBy as GroupKey[],
    filters: question.filters,
  };
}
