import { type List } from '../../api/answers.js';
import { type HysteresisRow } from '../../api/hysteresis-answers.js';
import { type Answer } from '../../api/use-answer.js';
import { useComplete } from '../../api/use-complete.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { outcomeOption, outcomePick, outcomeTable } from '../../charts/stacked-outcomes.js';
import { COLOURS } from '../../charts/palette.js';
import { count, percent } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { STAGES, STEPS } from '../../i18n/words.js';
import { peopleBehind } from '../people-behind.js';
import { PeopleLinks } from '../people-links.js';
import { aboutHysteresis, stagePair } from './question.js';

const TITLE: Message = ['Passati, in sospeso, persi', 'Converted, pending, lost'];
const SIZE: Message = ['Seguiti', 'Followed'];
const NOT_YET: Message = ['Non passati', 'Not converted'];
const NOT_YET_NOTE: Message = ['la perdita apparente', 'the apparent loss'];
const LATE: Message = ['di cui in sospeso (isteresi)', 'of which pending (hysteresis)'];
const LOST: Message = ['di cui persi davvero', 'of which truly lost'];
const MEDIAN: Message = ['Giorni alla metà', 'Days until half converted'];
const MEDIAN_NOTE: Message = ['{days} se nessuno si perdesse', '{days} if nobody were lost'];
const PEOPLE: Message = ['{count} persone', '{count} people'];
const RATIO: Message = [
  'Il rapporto annuale divide invece {numerator} ingressi in «{to}» per {denominator} in «{from}» dello stesso periodo ({pct}), chiunque siano le persone: è un altro numero, non un tasso di passaggio.',
  'The annual report instead divides {numerator} entries of “{to}” by {denominator} of “{from}” in the same period ({pct}), whoever the people are: another number, not a conversion rate.',
];
const SUMMARY: Message = [
  'Di {size} persone {converted} passate, {pending} in sospeso, {lost} perse.',
  'Of {size} people {converted} converted, {pending} pending, {lost} lost.',
];

/** The apparent loss, taken apart into late and lost. */
export function Split({ answer }: { readonly answer: Answer<List<HysteresisRow>> }) {
  const tiles = useComplete([answer], () => <Tiles row={answer.data!.totals} />);
  return (
    <>
      {tiles}
      <ChartCard
        id="split"
        title={say(TITLE)}
        answers={[answer]}
        about={aboutHysteresis()}
        draw={() => draw(answer.data!.totals)}
        below={() => (
          <>
            <Ratio row={answer.data!.totals} />
            <PeopleLinks stage={stagePair().fromStage} toStage={stagePair().toStage} />
          </>
        )}
      />
    </>
  );
}

const STEPS_TAKEN: Message = ['Passi', 'Steps'];

function draw(row: HysteresisRow): Drawing | undefined {
  if (row.size === 0) return undefined;
  const { fromStage, toStage } = stagePair();
  const people = (outcome: string | null = null) => peopleBehind({ stage: fromStage, toStage, outcome });
  const rows = [{ ...row, name: `${say(STAGES[fromStage])} → ${say(STAGES[toStage])}`, people }];
  return {
    option: outcomeOption(rows),
    table: outcomeTable(say(STEPS_TAKEN), rows),
    pick: outcomePick(rows),
    summary: say(SUMMARY, {
      size: count(row.size),
      converted: count(row.converted),
      pending: count(row.pending),
      lost: count(row.abandoned + row.notAdmissible),
    }),
    height: 140,
  };
}

function Tiles({ row }: { readonly row: HysteresisRow }) {
  const lost = row.abandoned + row.notAdmissible;
  const people = (number: number) => say(PEOPLE, { count: count(number) });
  const days = row.medianDaysIfNoLoss;
  const tiles = [
    [SIZE, count(row.size), '', COLOURS.muted],
    [
      NOT_YET,
      percent(row.naiveLossPct),
      `${people(row.size - row.converted)}: ${say(NOT_YET_NOTE)}`,
      COLOURS.text,
    ],
    [LATE, percent(row.hysteresisPct), people(row.pending), COLOURS.pending],
    [LOST, percent(row.trueLossPct), people(lost), COLOURS.lost],
    [
      MEDIAN,
      count(row.medianDays),
      days === null ? '' : say(MEDIAN_NOTE, { days: count(days) }),
      COLOURS.converted,
    ],
  ] as const;
  return (
    <dl class="tiles">
      {tiles.map(([name, value, note, colour]) => (
        <div class="tile" style={{ borderLeftColor: colour }}>
          <dt>{say(name)}</dt>
          <dd class="figure">{value}</dd>
          {note !== '' && <dd class="beside">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}

function Ratio({ row: { periodRatio } }: { readonly row: HysteresisRow }) {
  if (!periodRatio) return null;
  const { fromStage, toStage } = stagePair();
  return (
    <p class="notice">
      {say(RATIO, {
        numerator: count(periodRatio.numerator),
        denominator: count(periodRatio.denominator),
        pct: percent(periodRatio.pct, 2),
        from: say(STEPS[fromStage]),
        to: say(STEPS[toStage]),
      })}
    </p>
  );
}
