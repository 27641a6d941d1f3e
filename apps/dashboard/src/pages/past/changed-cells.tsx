import { type ChangedCell, type FactName } from '../../api/people-answers.js';
import { hasRole } from '../../api/session.js';
import { count, monthName, signed } from '../../i18n/format.js';
import { FACT_TYPES, shortType } from '../../i18n/fact-words.js';
import { type Message, say } from '../../i18n/language.js';
import { STAGES } from '../../i18n/words.js';
import { linkTo } from '../../state/address.js';
import { CAUSES } from './causes.js';

const CELL: Message = [
  '{month}, {stage}: da {before} a {after} ({change})',
  '{month}, {stage}: {before} to {after} ({change})',
];
const MORE: Message = ['… e altri {count}', '… and {count} more'];
/** Facts that are named of each cause; all of them are in the CSV of the log. */
const MOST_FACTS = 20;

/** Each count that changed; opened, the facts that changed it. */
export function ChangedCells({ cells }: { readonly cells: readonly ChangedCell[] }) {
  return (
    <div class="changed-cells">
      {cells.map((cell) => (
        <details key={`${cell.month} ${cell.stage}`}>
          <summary>
            {say(CELL, {
              month: monthName(cell.month, 'long'),
              stage: say(STAGES[cell.stage]),
              before: count(cell.before),
              after: count(cell.after),
              change: signed(cell.after - cell.before),
            })}
          </summary>
          {cell.causes.map(({ class: kind, facts }) => (
            <>
              <h3>
                {say(CAUSES[kind].name)}: {count(facts.length)}
              </h3>
              <ul>
                {facts.slice(0, MOST_FACTS).map((fact) => (
                  <li>
                    <FactLine fact={fact} />
                  </li>
                ))}
                {facts.length > MOST_FACTS && (
                  <li>{say(MORE, { count: count(facts.length - MOST_FACTS) })}</li>
                )}
              </ul>
            </>
          ))}
        </details>
      ))}
    </div>
  );
}

function FactLine({ fact: { id, subject, type } }: { readonly fact: FactName }) {
  const message = FACT_TYPES[shortType(type)];
  const name = message ? say(message) : type;
  if (subject === undefined || !hasRole('casework')) return <>{`${name} (${id})`}</>;
  return (
    <>
      {name}: <a href={linkTo('journeys', { id: subject })}>{subject}</a>
    </>
  );
}
