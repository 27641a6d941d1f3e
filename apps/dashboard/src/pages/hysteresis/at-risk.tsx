import { type CurvePoint } from '../../api/hysteresis-answers.js';
import { atRiskOn } from '../../charts/incidence.js';
import { count } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';

const CAPTION: Message = ['Ancora seguiti e non passati (a rischio)', 'Still followed and open (at risk)'];
const DAY: Message = ['Giorno', 'Day'];
/** So many columns fit under a chart. */
const COLUMNS = 8;

export interface RiskRow {
  readonly name: string;
  readonly curve: readonly CurvePoint[];
}

interface AtRiskProps {
  readonly rows: readonly RiskRow[];
  readonly lastDay: number;
  /** Title of the chart above. */
  readonly chart: string;
}

/** The numbers at risk under a curve. */
export function AtRisk({ rows, lastDay, chart }: AtRiskProps) {
  const step = Math.max(30, Math.ceil(lastDay / COLUMNS / 30) * 30);
  const days = Array.from({ length: Math.floor(lastDay / step) + 1 }, (_, index) => index * step);
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={`${say(CAPTION)}: ${chart}`}>
      <table class="table at-risk">
        <caption>{say(CAPTION)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(DAY)}</th>
            {days.map((day) => (
              <th scope="col" class="number">
                {count(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, curve }) => (
            <tr>
              <th scope="row">{name}</th>
              {days.map((day) => (
                <td class="number">{count(atRiskOn(curve, day))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
