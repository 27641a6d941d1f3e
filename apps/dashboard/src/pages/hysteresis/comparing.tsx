import { GROUP_KEYS, type GroupKey, type List } from '../../api/answers.js';
import { type Comparison, type HysteresisRow } from '../../api/hysteresis-answers.js';
import { useAnswer } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { curveSeries, lastDrawnDay } from '../../charts/incidence.js';
import { COLOURS, GROUP_COLOURS } from '../../charts/palette.js';
import { decimal } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { CONVERTED, GROUPS, LOST, PENDING } from '../../i18n/words.js';
import { valueName } from '../../state/catalogue.js';
import { chosenGroup, GroupChoice } from '../funnel/group-choice.js';
import { peopleBehind } from '../people-behind.js';
import { atRiskColumns } from './at-risk-columns.js';
import { curveKeys, incidenceChart } from './incidence-chart.js';
import { aboutHysteresis, hysteresisParameters, stagePair } from './question.js';

const TITLE: Message = ['Gruppi a confronto', 'Groups compared'];
const EXPLANATION: Message = [
  'Quota passata al passo successivo, gruppo per gruppo, con l’intervallo al 95 %, e se le differenze vanno oltre il caso.',
  'Share that converted, group by group, with its 95 % interval, and whether the differences go beyond chance.',
];
const SIZE: Message = ['Seguiti', 'Followed'];
const MEDIAN: Message = ['Giorni alla metà', 'Days until half converted'];
const VERDICTS: Readonly<Record<Comparison['verdict'], Message>> = {
  different: [
    'I gruppi passano in misura diversa, oltre il caso.',
    'The groups convert differently, beyond chance.',
  ],
  no_difference_shown: [
    'Non si vede una differenza oltre il caso; non vuol dire che non ci sia.',
    'No difference beyond chance is shown; that does not mean that there is none.',
  ],
  too_few_to_say: ['Troppo poche persone per dirlo.', 'Too few people to say.'],
  nothing_to_compare: [
    'C’è meno di due gruppi: niente da confrontare.',
    'There are fewer than two groups: nothing to compare.',
  ],
};
const TOO_FEW: Message = [
  'Meno di dieci passaggi in: {groups}. I test non valgono; un filtro può escludere questi gruppi.',
  'Fewer than ten conversions in: {groups}. The tests do not hold; a filter can leave these groups out.',
];
const P_VALUES: Message = [
  'Test di Gray {gray}, log-rank {logRank}.',
  'Gray’s test {gray}, log-rank {logRank}.',
];
const LARGEST: Message = [
  'Sono disegnati i {most} gruppi più grandi su {all}; il test e la tabella li comprendono tutti.',
  'The {most} largest of {all} groups are drawn; the test and the table cover all of them.',
];
/** More curves than this cannot be told apart. */
const MOST = 6;
const KEYS: readonly GroupKey[] = GROUP_KEYS;

function pValue(test: { readonly pValue: number } | null): string {
  if (test === null) return 'p –';
  return test.pValue < 0.001 ? `p < ${decimal(0.001, 3)}` : `p = ${decimal(test.pValue, 3)}`;
}

/** Whether groups differ, with their curves. */
export function Comparing() {
  const key = chosenGroup('groupBy', KEYS);
  const parameters = { ...hysteresisParameters(), groupBy: key };
  const curves = useAnswer<List<HysteresisRow>>('/v1/hysteresis', { ...parameters, curve: true });
  const comparison = useAnswer<Comparison>('/v1/hysteresis/compare', parameters);
  const groups = (curves.data?.items ?? []).filter(({ size }) => size > 0).sort((a, b) => b.size - a.size);
  const shown = groups.slice(0, MOST).map((row, index) => ({
    name: valueName(key, row[key] ?? 'none'),
    colour: GROUP_COLOURS[index % GROUP_COLOURS.length]!,
    curve: row.curve ?? [],
  }));
  const lastDay = lastDrawnDay(shown.map(({ curve }) => curve));
  return (
    <ChartCard
      id="comparison"
      title={say(TITLE)}
      explanation={say(EXPLANATION)}
      answers={[curves, comparison]}
      about={aboutHysteresis()}
      draw={draw}
      controls={<GroupChoice name="groupBy" keys={KEYS} />}
      below={() => [<Verdict comparison={comparison.data!} groupBy={key} />, <Largest of={groups.length} />]}
    />
  );

  function draw(): Drawing | undefined {
    if (shown.length === 0) return undefined;
    const series = shown.flatMap(({ name, colour, curve }) =>
      curveSeries(curve, 'converted', lastDay, { name, colour }),
    );
    const risk = atRiskColumns(
      comparison.data!.items.map((row) => {
        const curve = groups.find((group) => group[key] === row[key])?.curve ?? [];
        return { name: '', colour: '', curve };
      }),
      lastDay,
    );
    return {
      ...incidenceChart(series, shown, lastDay),
      keys: curveKeys(COLOURS.muted),
      table: {
        columns: [
          ...[GROUPS[key], SIZE, CONVERTED, PENDING, LOST, MEDIAN].map((name) => ({ name: say(name) })),
          ...risk.columns,
        ],
        rows: comparison.data!.items.map((row, index) => {
          const name = valueName(key, row[key] ?? 'none');
          const { size, converted, pending, lost, medianDays } = row;
          return [name, size, converted, pending, lost, medianDays, ...risk.rows[index]!];
        }),
        links: comparison.data!.items.map((row) => linksOf(key, row[key] ?? 'none')),
      },
      summary: say(VERDICTS[comparison.data!.verdict]),
    };
  }
}

/** Says that not all groups are drawn. */
function Largest({ of: all }: { readonly of: number }) {
  return all > MOST ? <p class="notice">{say(LARGEST, { most: MOST, all })}</p> : null;
}

/** Who the members of a group are, and which of them converted or are pending. */
function linksOf(key: GroupKey, code: string): (string | null)[] {
  const { fromStage: stage, toStage } = stagePair();
  const people = (outcome: string | null) => peopleBehind({ stage, toStage, [key]: code, outcome });
  return [null, people(null), people('converted'), people('pending')];
}

/** What the tests say; their p-values only where they may be used. */
function Verdict({
  comparison: { tests, verdict, tooFew },
  groupBy,
}: {
  readonly comparison: Comparison;
  readonly groupBy: GroupKey;
}) {
  const few = tooFew.map((group) => valueName(groupBy, group[groupBy] ?? 'none')).join(', ');
  return (
    <p class="notice" data-verdict={verdict}>
      <strong>{say(VERDICTS[verdict])}</strong>{' '}
      {verdict === 'too_few_to_say' && few && say(TOO_FEW, { groups: few })}
      {(verdict === 'different' || verdict === 'no_difference_shown') &&
        say(P_VALUES, { gray: pValue(tests.grayConverted), logRank: pValue(tests.logRank) })}
    </p>
  );
}
