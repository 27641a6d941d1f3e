import { type List } from '../../api/answers.js';
import { type Finding, type FindingPage } from '../../api/people-answers.js';
import { hasRole } from '../../api/session.js';
import { useAnswer } from '../../api/use-answer.js';
import { ChartCard, type Drawing } from '../../charts/chart-card.js';
import { frame, namesBeside, values } from '../../charts/option.js';
import { COLOURS } from '../../charts/palette.js';
import { count, monthName } from '../../i18n/format.js';
import { type Message, say } from '../../i18n/language.js';
import { MONTH } from '../../i18n/words.js';
import { Problem } from '../../shell/problem.js';
import { change, linkTo, param } from '../../state/address.js';
import { daysParameters } from '../../state/period.js';
import { findingMeaning, findingName } from './finding-names.js';

const TITLE: Message = ['Che cosa non torna', 'What does not fit'];
const EXPLANATION: Message = [
  'Nulla viene rifiutato o corretto di nascosto: un passo fuori ordine resta un fatto, ed è elencato qui.',
  'Nothing is refused or mended in silence: a step out of order stays a fact, and is listed here.',
];
const KIND: Message = ['Segnalazione', 'Finding'];
const COUNT: Message = ['Casi', 'Cases'];
const WHO: Message = ['Mostra le persone', 'Show the people'];
const WITHOUT_JOURNEY: Message = [
  '{count} sono fatti di incontri, contatti o traffico web, senza una persona.',
  '{count} are facts of meetings, contacts or web traffic, without a person.',
];
const SUMMARY: Message = ['{cases} casi di {kinds} tipi.', '{cases} cases of {kinds} kinds.'];

interface Kind {
  readonly kind: string;
  readonly count: number;
  readonly description: string;
}

/** The findings of all months together, most frequent first. */
export function sumByKind(items: readonly Finding[]): Kind[] {
  const sums = new Map<string, Kind>();
  for (const { kind, count: cases, description } of items) {
    sums.set(kind, { kind, description, count: cases + (sums.get(kind)?.count ?? 0) });
  }
  return [...sums.values()].filter((one) => one.count > 0).sort((a, b) => b.count - a.count);
}

export function Findings() {
  const answer = useAnswer<List<Finding>>('/v1/quality/findings', daysParameters());
  return (
    <ChartCard
      id="findings"
      title={say(TITLE)}
      explanation={say(EXPLANATION)}
      answers={[answer]}
      draw={() => draw(answer.data!.items)}
      below={() => <Kinds kinds={sumByKind(answer.data!.items)} />}
    />
  );
}

function draw(items: readonly Finding[]): Drawing | undefined {
  const kinds = sumByKind(items);
  if (kinds.length === 0) return undefined;
  const shared = frame({});
  return {
    option: {
      ...shared,
      yAxis: namesBeside(kinds.map(findingName)),
      xAxis: values(),
      series: [
        {
          type: 'bar',
          name: say(COUNT),
          barMaxWidth: 26,
          itemStyle: { color: COLOURS.converted },
          label: {
            show: true,
            position: 'right',
            color: COLOURS.text,
            formatter: ({ value }) => count(Number(value)),
          },
          data: kinds.map((one) => one.count),
        },
      ],
    },
    table: {
      columns: [{ name: say(KIND) }, { name: say(MONTH), text: monthName }, { name: say(COUNT) }],
      rows: items.map((item) => [findingName(item), item.month, item.count]),
    },
    summary: say(SUMMARY, {
      cases: count(kinds.reduce((sum, one) => sum + one.count, 0)),
      kinds: kinds.length,
    }),
    height: 50 + kinds.length * 40,
  };
}

function Kinds({ kinds }: { readonly kinds: readonly Kind[] }) {
  return (
    <dl class="findings">
      {kinds.map(({ kind, description, count: cases }) => (
        <div>
          <dt>{findingName({ kind })}</dt>
          <dd>
            {findingMeaning({ kind, description })} ({count(cases)}){' '}
            {hasRole('casework') && (
              <button
                type="button"
                class="button-link"
                aria-expanded={param('finding') === kind}
                onClick={() => change({ finding: param('finding') === kind ? null : kind })}
              >
                {say(WHO)}
                <span class="visually-hidden"> {findingName({ kind })}</span>
              </button>
            )}
            {param('finding') === kind && <Behind kind={kind} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The journeys behind a finding. */
function Behind({ kind }: { readonly kind: string }) {
  const answer = useAnswer<FindingPage>('/v1/quality/findings/journeys', {
    ...daysParameters(),
    kind,
    limit: 50,
  });
  if (answer.problem) return <Problem problem={answer.problem} />;
  const others = answer.data?.withoutJourney ?? 0;
  return (
    <>
      {others > 0 && <p>{say(WITHOUT_JOURNEY, { count: count(others) })}</p>}
      <ul class="people">
        {answer.data?.items.map(({ id }) => (
          <li>
            <a href={linkTo('journeys', { id })}>{id}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
