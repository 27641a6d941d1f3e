import { type FunnelRow, type FunnelStage, type List } from '../../api/answers.js';
import { type Answer } from '../../api/use-answer.js';
import { useComplete } from '../../api/use-complete.js';
import { STAGE_COLOURS } from '../../charts/palette.js';
import { count, dayName, signed } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { STAGES } from '../../i18n/words.js';
import { movedByYears, period, wholeYear } from '../../state/period.js';

const SHOWN: readonly FunnelStage[] = ['registered', 'attended', 'saChosen', 'pdsSigned'];
const AGAINST: Message = ['{change} rispetto a {before} ({period})', '{change} against {before} ({period})'];
const COUNTED: Message = [
  'Passi fatti nel periodo, da chiunque, anche da chi si era registrato prima.',
  'Steps taken in the period, by whoever took them, also by those who had registered before.',
];
const A_YEAR_BEFORE: Message = ['un anno prima, dal {from}', 'a year before, from {from}'];

function yearBefore(): string {
  const year = wholeYear(period.value);
  if (year !== undefined) return String(year - 1);
  return say(A_YEAR_BEFORE, { from: dayName(movedByYears(period.value.from, -1), 'short') });
}

interface HeadlineProps {
  readonly now: Answer<List<FunnelRow>>;
  readonly before: Answer<List<FunnelRow>>;
}

/** The period in four numbers, against the same days of the year before. */
export function Headline({ now, before }: HeadlineProps) {
  const tiles = useComplete([now, before], () => (
    <Tiles now={now.data?.totals} before={before.data?.totals} />
  ));
  return (
    <>
      {tiles ?? <Tiles />}
      <p class="under-tiles">{say(COUNTED)}</p>
    </>
  );
}

interface TilesProps {
  readonly now?: FunnelRow;
  readonly before?: FunnelRow;
}

function Tiles({ now, before }: TilesProps) {
  return (
    <dl class="tiles">
      {SHOWN.map((stage) => {
        const value = now?.[stage];
        const earlier = before?.[stage];
        return (
          <div class="tile" data-stage={stage} style={{ borderLeftColor: STAGE_COLOURS[stage] }}>
            <dt>{say(STAGES[stage])}</dt>
            <dd class="figure">{count(value)}</dd>
            {value !== undefined && earlier !== undefined && (
              <dd class="beside">
                {say(AGAINST, {
                  change: signed(value - earlier),
                  before: count(earlier),
                  period: yearBefore(),
                })}
              </dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}
