import fc from 'fast-check';
import { type History, moments, type SentEvent } from './histories.js';
import { dayOf, type OracleFact } from './oracle-facts.js';

const DAY = 86_400_000;
const SUBJECTS = ['s-1', 's-2', 's-3'];
const SOURCES = ['https://area-web.example', 'https://statistics.example'];

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const venue = fc.constantFrom('CPI-RIVOLI', 'ONLINE-TORINO', 'TEL-CUNEO');
const sa = fc.constantFrom('IZI-TORINO', 'CODEX-TORINO', 'CODEX-CUNEO');
const satisfaction = fc.constantFrom('fully_satisfied', 'satisfied', 'unsatisfied');
/** Few, so that facts are often recorded in the same instant. */
const delays = fc.constantFrom(0, 0, -60_000, DAY);
const smallCount = fc.integer({ min: 0, max: 7 });

/** A day on either side of a month's end, or of the end of a cycle. */
const dates = fc.constantFrom('2019-12-31', '2020-01-01', '2020-03-31');

const PAYLOADS: Readonly<Record<string, fc.Arbitrary<Record<string, unknown>>>> = {
  'meeting-held': fc.record({ venue, capacity: optional(smallCount) }),
  'contact-handled': fc.record({
    channel: fc.constantFrom('phone', 'chatbot'),
    durationSeconds: optional(smallCount),
    topic: optional(fc.constantFrom('funding', 'status', 'other')),
  }),
  'web-traffic': fc.record({
    date: dates,
    uniquePageViews: smallCount,
    visits: optional(smallCount),
    homeEntrances: optional(smallCount),
  }),
  'questionnaire-sent': fc.record({ sa }),
  'questionnaire-completed': fc.record({
    sa,
    tutor: satisfaction,
    methods: satisfaction,
    organisation: satisfaction,
    howHeard: fc.constantFrom('acquaintances', 'internet', 'informamip_desk'),
    wouldRecommend: fc.boolean(),
  }),
};

type FactStep = {
  kind: 'fact';
  name: string;
  data: Record<string, unknown>;
  /** Which of the history's few moments. */
  moment: number;
  delay: number;
  /** Which subject, source and id, each modulo how many there are. */
  choice: number;
};
type Step =
  | FactStep
  | { kind: 'again'; which: number }
  | { kind: 'retract' | 'correct'; which: number; delay: number; back: number; data: FactStep };

const factStep = (name: string): fc.Arbitrary<FactStep> =>
  fc.record({
    kind: fc.constant('fact' as const),
    name: fc.constant(name),
    data: PAYLOADS[name]!.map((data) => JSON.parse(JSON.stringify(data)) as Record<string, unknown>),
    moment: fc.nat(2),
    delay: delays,
    choice: fc.nat(1000),
  });

const anyFact = fc.constantFrom(...Object.keys(PAYLOADS)).chain(factStep);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: anyFact },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const), which: fc.nat(5) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('retract' as const, 'correct' as const),
      // Few, so that some are taken back twice.
      which: fc.nat(2),
      delay: delays,
      back: delays,
      data: anyFact,
    }),
  },
);

/** Facts with the same key are the same: of a subject, or of one type and Rome day. */
export function scopeOf({ name, subject, time }: Pick<OracleFact, 'name' | 'subject' | 'time'>): string {
  if (name === 'meeting-held') return `meeting ${subject}`;
  return subject === undefined ? `${name} ${dayOf(time)}` : `journey ${subject}`;
}

/** The scope of the fact that a retraction takes back. */
export function retractedScope({ subject, data }: Pick<OracleFact, 'subject' | 'data'>): string {
  const { type, day } = data as { type?: string; day?: string };
  if (type === 'it.mip.meeting-held.v1') return `meeting ${subject}`;
  return subject === undefined
    ? `${type!.slice('it.mip.'.length, -'.v1'.length)} ${day}`
    : `journey ${subject}`;
}

class Telling {
  readonly sent: SentEvent[] = [];
  readonly facts: OracleFact[] = [];
  private readonly keys = new Set<string>();
  private readonly sentAt = new Map<number, number>();

  constructor(private readonly moments: readonly number[]) {}

  fact({ name, data, moment, delay, choice }: FactStep): void {
    const time = this.moments[moment]!;
    const subject = ['contact-handled', 'web-traffic'].includes(name)
      ? undefined
      : SUBJECTS[choice % SUBJECTS.length]!;
    const source = SOURCES[choice % SOURCES.length]!;
    // The same short ids come back in other scopes, where they mean other events.
    const short = `id-${choice % 4}`;
    const key = `${scopeOf({ name, subject, time })} ${source} ${short}`;
    const id = this.keys.has(key) ? `id-n${this.facts.length}` : short;
    this.keys.add(key);
    this.tell({ name, subject, source, id, time, recorded: time + delay, data });
  }

  retract(which: number, delay: number, back: number): OracleFact | undefined {
    const target = this.some(which);
    if (!target) return undefined;
    const { name, subject, source, id, time } = target;
    const recorded = target.recorded + delay;
    const type = `it.mip.${name}.v1`;
    const data = {
      source,
      id,
      reason: 'recorded_in_error',
      ...(name === 'meeting-held' || subject === undefined ? { type } : {}),
      ...(subject === undefined ? { day: dayOf(time) } : {}),
    };
    // What a retraction says about its own time plays no part.
    const when = recorded - Math.abs(back);
    const own = `r${this.facts.length}`;
    this.tell({ name: 'retracted', subject, source: SOURCES[0]!, id: own, time: when, recorded, data });
    return target;
  }

  /** Takes a fact back and sends it again with another payload. */
  correct(which: number, delay: number, back: number, { data, name }: FactStep): void {
    const target = this.retract(which, delay, back);
    if (!target) return;
    const payload = name === target.name ? data : target.data;
    const recorded = target.recorded + Math.max(delay, 0);
    this.tell({ ...target, id: `c${this.facts.length}`, recorded, data: payload });
  }

  again(which: number): void {
    const target = this.some(which);
    if (target) this.sent.push(this.sent[this.sentAt.get(target.order)!]!);
  }

  private some(which: number): OracleFact | undefined {
    const targets = this.facts.filter(({ name }) => name !== 'retracted');
    return targets[which % Math.max(targets.length, 1)];
  }

  private tell(fact: Omit<OracleFact, 'order'>): void {
    const order = this.facts.length;
    const iso = (instant: number) => new Date(instant).toISOString();
    this.facts.push({ ...fact, order });
    this.sentAt.set(order, this.sent.length);
    this.sent.push({
      specversion: '1.0',
      id: fact.id,
      source: fact.source,
      type: `it.mip.${fact.name}.v1`,
      ...(fact.subject === undefined ? {} : { subject: fact.subject }),
      time: iso(fact.time),
      recordedtime: iso(fact.recorded),
      data: { ...fact.data },
    });
  }
}

function build(moments: readonly number[], steps: readonly Step[]): History {
  const telling = new Telling(moments);
  for (const one of steps) {
    if (one.kind === 'fact') telling.fact(one);
    else if (one.kind === 'again') telling.again(one.which);
    else if (one.kind === 'retract') telling.retract(one.which, one.delay, one.back);
    else telling.correct(one.which, one.delay, one.back, one.data);
  }
  return { sent: telling.sent, facts: telling.facts };
}

/**
 * Random histories of meetings, contacts, web statistics and questionnaires: late, repeated, taken back and corrected,
 * with keys that mean different events under different subjects, types and days.
 */
export function otherHistories(): fc.Arbitrary<History> {
  const few = fc.array(moments, { minLength: 3, maxLength: 3 });
  const steps = fc.array(step, { minLength: 1, maxLength: 60, size: 'max' });
  return fc.tuple(few, steps).map(([when, what]) => build(when, what));
}
