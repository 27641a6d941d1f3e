import { atRiskOn } from '../../charts/incidence.js';
import { axisDays, type RiskRow } from '../../charts/at-risk.js';
import { type Table } from '../../charts/table.js';
import { count } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';

const DAY: Message = ['A rischio, giorno {day}', 'At risk, day {day}'];

/** The numbers at risk that stand under curves, for the table of the drawing. */
export function atRiskColumns(rows: readonly RiskRow[], lastDay: number): Table {
  const days = axisDays(lastDay, 8);
  return {
    columns: days.map((day) => ({ name: say(DAY, { day: count(day) }) })),
    rows: rows.map(({ curve }) => days.map((day) => atRiskOn(curve, day))),
  };
}
