import { type Instant, endOfDay } from '#calendar';
import { apportion } from './apportion.js';
import { type Journey } from './journey.js';
import { type Plan } from './plan.js';
import { need } from './plan.error.js';
import { type Rng } from './rng.js';
import { DAY, dayOf, officeMoment, wakingMoment } from './working-time.js';

interface Answers {
  readonly tutor: string;
  readonly methods: string;
  readonly organisation: string;
  readonly howHeard: string;
  readonly wouldRecommend: boolean;
}

const COMPLETED_BY: Instant = endOfDay(dayOf('2020-12-29'));

function ask(rng: Rng, journey: Journey, from: number, to: number): Instant {
  const sent = officeMoment(rng, from, to);
  journey.add('questionnaire-sent', sent, { sa: journey.pact!.sa });
  return sent;
}

function answer(rng: Rng, journey: Journey, sent: Instant, until: Instant, answers: Answers): void {
  const time = wakingMoment(rng, sent + 600_000, Math.min(until, sent + 9 * DAY));
  journey.add('questionnaire-completed', time, { sa: journey.pact!.sa, ...answers });
}

/** The printed answers of one territory, each row with one of the printed ways of hearing of the programme. */
function printedAnswers(rng: Rng, plan: Plan, territory: string): { sa: string; answers: Answers }[] {
  const { answers, how_heard: heard, would_recommend } = plan.figures.table12_questionnaire;
  const sas = plan.sasOf(territory).map(({ code }) => code);
  const ways = territory === 'TO' || territory === 'CN' ? heard[territory] : [];
  const howHeard = rng.shuffled(
    ways.flatMap((count, index) => Array<string>(count).fill(heard.scale[index]!)),
  );
  const wouldRecommend = would_recommend === answers.length;
  return answers
    .filter(([sa]) => sas.includes(sa))
    .map(([sa, tutor, methods, organisation], index) => ({
      sa,
      answers: { tutor, methods, organisation, howHeard: howHeard[index]!, wouldRecommend },
    }));
}

/** The questionnaires of December 2020, to the first who signed in the new cycle: sent and answered as Table 12 counts. */
function firstQuestionnaires(rng: Rng, plan: Plan, signers: readonly Journey[]): void {
  const inOrder = [...signers].sort((a, b) => a.pact!.time - b.pact!.time);
  const next = (fits: (journey: Journey) => boolean) => {
    const index = inOrder.findIndex(fits);
    return need(inOrder.splice(index, 1)[0], 'somebody to ask');
  };
  for (const territory of plan.territories) {
    const completed = printedAnswers(rng, plan, territory);
    for (const { sa, answers } of completed) {
      const journey = next(({ pact }) => pact!.sa === sa);
      const sent = ask(rng, journey, dayOf('2020-12-01'), dayOf('2020-12-18'));
      answer(rng, journey, sent, COMPLETED_BY, answers);
    }
    const sent = plan.figures.table12_questionnaire.sent[territory] ?? 0;
    for (let left = sent - completed.length; left > 0; left--) {
      ask(
        rng,
        next((journey) => journey.territory === territory),
        dayOf('2020-12-01'),
        dayOf('2020-12-18'),
      );
    }
  }
}

/** Made-up answers of 2021: mostly content. */
function someAnswers(rng: Rng): Answers {
  const satisfaction = () =>
    ['fully_satisfied', 'satisfied', 'unsatisfied'][rng.weighted([12, 6, 1]) ?? 0] as string;
  return {
    tutor: satisfaction(),
    methods: satisfaction(),
    organisation: satisfaction(),
    howHeard: rng.pick([
      'acquaintances',
      'job_centre',
      'internet',
      'trade_association',
      'other',
      'informamip_desk',
    ]),
    wouldRecommend: rng.chance(0.95),
  };
}

/** The questionnaires of both years: those of 2020 as printed, those of 2021 made up. */
export function questionnaires(plan: Plan, signers: readonly Journey[]): void {
  const rng = plan.rng.part('questionnaires');
  firstQuestionnaires(rng, plan, signers);
  const asked = signers.filter(({ facts }) => !facts.some(({ name }) => name === 'questionnaire-sent'));
  const [count] = apportion(asked.length, [2, 3]);
  for (const journey of rng.shuffled(asked).slice(0, count)) {
    const sent = ask(rng, journey, dayOf('2021-02-01'), dayOf('2021-10-29'));
    if (rng.chance(0.45)) answer(rng, journey, sent, sent + 20 * DAY, someAnswers(rng));
  }
}
