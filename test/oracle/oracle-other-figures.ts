import {
  cycleOf,
  dayOf,
  type OracleCatalogue,
  type OracleCut,
  type OracleFact,
  visible,
} from './oracle-facts.js';
import {
  combination,
  compareCombinations,
  distinct,
  inWindow,
  monthlyRows,
  named,
  type OracleQuestion,
  passes,
  type Row,
} from './oracle-rows.js';
import { retractedScope, scopeOf } from './other-histories.js';

interface Answer {
  readonly items: Row[];
  readonly totals: Row;
}

/** The visible facts of one type, scope by scope, each in order. */
export function visibleByScope(facts: readonly OracleFact[], name: string, cut: OracleCut): OracleFact[][] {
  const scopes = [...new Set(facts.filter((fact) => fact.name === name).map(scopeOf))];
  return scopes.map((scope) =>
    visible(
      facts.filter((fact) => (fact.name === 'retracted' ? retractedScope(fact) : scopeOf(fact)) === scope),
      cut,
    ).filter((fact) => fact.name === name),
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const valuesOf = (facts: readonly OracleFact[], key: string): number[] =>
  facts.flatMap(({ data }) => (data[key] === undefined ? [] : [data[key] as number]));

/** A meeting counts once, at its first visible fact. */
export function oracleMeetings(
  facts: readonly OracleFact[],
  question: OracleQuestion,
  catalogue: OracleCatalogue,
): Answer {
  const meetings = visibleByScope(facts, 'meeting-held', question).flatMap(([first]) => {
    if (!first) return [];
    const { code, territory, mode } = catalogue.venues.find((venue) => venue.code === first.data['venue'])!;
    return [{ day: dayOf(first.time), dimensions: { venue: code, territory, mode } }];
  });
  const { months, groups, inside } = monthlyRows(meetings, question, catalogue);
  const items = months.flatMap((month) =>
    groups.map((values) => ({
      month,
      ...named(question.groupBy, values),
      meetings: inside.filter(
        ({ day, dimensions }) =>
          day.startsWith(month) && combination(dimensions, question.groupBy).join() === values.join(),
      ).length,
    })),
  );
  return { items, totals: { meetings: inside.length } };
}

const TOPICS = ['programme_information', 'funding', 'web_access', 'booking', 'status', 'other'];

/** Every visible contact. */
export function oracleContacts(
  facts: readonly OracleFact[],
  question: OracleQuestion,
  catalogue: OracleCatalogue,
): Answer {
  const contacts = visibleByScope(facts, 'contact-handled', question)
    .flat()
    .map((fact) => ({ day: dayOf(fact.time), dimensions: {}, fact }));
  const row = (of: readonly OracleFact[]): Row => {
    const by = (channel: string) => of.filter(({ data }) => data['channel'] === channel);
    const mean = (channel: string) => {
      const seconds = valuesOf(by(channel), 'durationSeconds');
      return seconds.length === 0 ? null : sum(seconds) / seconds.length;
    };
    return {
      phone: by('phone').length,
      chatbot: by('chatbot').length,
      meanDurationSeconds: { phone: mean('phone'), chatbot: mean('chatbot') },
      topics: Object.fromEntries(
        TOPICS.map((topic) => [topic, of.filter(({ data }) => data['topic'] === topic).length]),
      ),
    };
  };
  return byMonth(contacts, question, catalogue, row);
}

/** Of several visible facts of one source and date the one recorded last, then last in the log; by its date. */
export function oracleWebTraffic(
  facts: readonly OracleFact[],
  question: OracleQuestion,
  catalogue: OracleCatalogue,
): Answer {
  const all = visibleByScope(facts, 'web-traffic', question).flat();
  const counted = all.filter(
    (fact) =>
      !all.some(
        (other) =>
          other.source === fact.source &&
          other.data['date'] === fact.data['date'] &&
          (other.recorded > fact.recorded || (other.recorded === fact.recorded && other.order > fact.order)),
      ),
  );
  const row = (of: readonly OracleFact[]): Row => {
    const known = (key: string) => {
      const values = valuesOf(of, key);
      return values.length === 0 ? null : sum(values);
    };
    return {
      uniquePageViews: sum(valuesOf(of, 'uniquePageViews')),
      visits: known('visits'),
      homeEntrances: known('homeEntrances'),
    };
  };
  const days = counted.map((fact) => ({ day: fact.data['date'] as string, dimensions: {}, fact }));
  return byMonth(days, question, catalogue, row);
}

function byMonth(
  things: readonly { day: string; dimensions: Record<string, string>; fact: OracleFact }[],
  question: OracleQuestion,
  catalogue: OracleCatalogue,
  row: (facts: readonly OracleFact[]) => Row,
): Answer {
  const { months, inside } = monthlyRows(things, question, catalogue);
  const items = months.map((month) => ({
    month,
    ...row(inside.filter(({ day }) => day.startsWith(month)).map(({ fact }) => fact)),
  }));
  return { items, totals: row(inside.map(({ fact }) => fact)) };
}

const SATISFACTION = ['fully_satisfied', 'satisfied', 'unsatisfied'];
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  tutor: SATISFACTION,
  methods: SATISFACTION,
  organisation: SATISFACTION,
  howHeard: ['acquaintances', 'job_centre', 'internet', 'trade_association', 'other', 'informamip_desk'],
};

/** Sent and completed count once per journey and cycle each, at the first visible fact, by its own day and SA. */
export function oracleQuestionnaire(
  facts: readonly OracleFact[],
  question: OracleQuestion,
  catalogue: OracleCatalogue,
): Answer {
  const counted = ['questionnaire-sent', 'questionnaire-completed'].flatMap((name) =>
    visibleByScope(facts, name, question).flatMap((journey) => {
      const cycle = (fact: OracleFact) => cycleOf(dayOf(fact.time), catalogue);
      return journey.filter((fact) => journey.find((other) => cycle(other) === cycle(fact)) === fact);
    }),
  );
  const inside = counted
    .map((fact) => {
      const { code, territory } = catalogue.sas.find((one) => one.code === fact.data['sa'])!;
      return { day: dayOf(fact.time), dimensions: { sa: code, territory }, fact };
    })
    .filter(({ day, dimensions }) => inWindow(day, question) && passes(dimensions, question));
  const row = (of: typeof inside): Row => {
    const named = (name: string) => of.map(({ fact }) => fact).filter((fact) => fact.name === name);
    const completed = named('questionnaire-completed');
    const count = (key: string, answer: unknown) =>
      completed.filter(({ data }) => data[key] === answer).length;
    return {
      sent: named('questionnaire-sent').length,
      completed: completed.length,
      ...Object.fromEntries(
        Object.entries(ANSWERS).map(([key, answers]) => [
          key,
          Object.fromEntries(answers.map((answer) => [answer, count(key, answer)])),
        ]),
      ),
      wouldRecommend: { yes: count('wouldRecommend', true), no: count('wouldRecommend', false) },
    };
  };
  const { groupBy } = question;
  const groups =
    groupBy.length === 0
      ? [[]]
      : distinct(inside.map(({ dimensions }) => combination(dimensions, groupBy))).sort(
          compareCombinations(groupBy, catalogue),
        );
  const items = groups.map((values) => ({
    ...named(groupBy, values),
    ...row(inside.filter(({ dimensions }) => combination(dimensions, groupBy).join() === values.join())),
  }));
  return { items, totals: row(inside) };
}
