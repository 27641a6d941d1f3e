import fc from 'fast-check';
import { type OracleFact } from './oracle-facts.js';

/** An event as the Area Web sends it. */
export interface SentEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string;
  readonly time: string;
  readonly recordedtime: string;
  readonly data: Record<string, unknown>;
}

const DAY = 86_400_000;
const VENUES = ['CPI-RIVOLI', 'ONLINE-TORINO', 'TEL-CUNEO'];
const SAS = ['IZI-TORINO', 'CODEX-CUNEO'];
const TERRITORIES = ['TO', 'CN', 'AL-AT'];
const SOURCES = ['https://area-web.example', 'https://sa.example/registry'];

/** Instants around which definitions turn: month ends, the change of the cycle, both changes of the clock. */
const EDGES = [
  '2019-12-31T23:00:00Z',
  '2020-02-29T23:00:00Z',
  '2020-03-29T01:00:00Z',
  '2020-03-28T23:00:00Z',
  '2020-03-31T22:00:00Z',
  '2020-10-24T22:00:00Z',
  '2020-10-25T01:00:00Z',
  '2020-12-31T23:00:00Z',
].map((text) => Date.parse(text));

const nearAnEdge = fc
  .tuple(fc.constantFrom(...EDGES), fc.integer({ min: -2, max: 2 }), fc.constantFrom(1, 1000, 3_600_000, DAY))
  .map(([edge, steps, size]) => edge + steps * size);

/** A moment of 2019 to 2021, often just beside an edge and often the same as another one. */
export const moments = fc.oneof(
  { weight: 3, arbitrary: nearAnEdge },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 0, max: 700 }).map((day) => Date.parse('2019-06-01T09:00:00Z') + day * DAY),
  },
  { weight: 1, arbitrary: fc.integer({ min: Date.parse('2019-03-01'), max: Date.parse('2021-03-01') }) },
);

export const delays = fc.oneof(
  fc.constant(0),
  fc.constantFrom(-60_000, 1, 60_000),
  fc.integer({ min: 0, max: 90 }).map((day) => day * DAY),
);

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const profile = fc.record(
  {
    gender: fc.constantFrom('F', 'M', 'X'),
    education: fc.constantFrom('none', 'diploma', 'master'),
    employment: fc.constantFrom('employed', 'not_employed'),
  },
  { requiredKeys: [] },
);

const venue = fc.constantFrom(...VENUES);
const sa = fc.constantFrom(...SAS);

const payloads: Record<string, fc.Arbitrary<Record<string, unknown>>> = {
  registered: fc.record({ territory: fc.constantFrom(...TERRITORIES), profile: optional(profile) }),
  booked: fc.record({
    venue,
    meetingId: fc.constantFrom('m-1', 'm-2'),
    scheduledFor: fc.constant('2020-05-04T09:00:00+02:00'),
  }),
  'booking-cancelled': fc.record({ meetingId: fc.constantFrom('m-1', 'm-2') }),
  attended: fc.record({ venue, meetingId: optional(fc.constant('m-1')) }),
  absent: fc.record({ venue, meetingId: optional(fc.constant('m-1')) }),
  'sa-chosen': fc.record({ sa }),
  'reception-held': fc.record({ sa }),
  'pds-signed': fc.record({ sa }),
  'not-admissible': fc.record({ sa: optional(sa), reason: optional(fc.constant('age')) }),
  abandoned: fc.record({ sa: optional(sa), reason: optional(fc.constant('found_job')) }),
  'questionnaire-sent': fc.record({ sa }),
};

const withoutAbsent = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

type Step =
  | {
      kind: 'fact';
      name: string;
      data: Record<string, unknown>;
      time: number;
      delay: number;
      journey: number;
    }
  | { kind: 'again'; which: number }
  | { kind: 'retract'; which: number; delay: number };

const names = ['registered', 'registered', 'attended', 'attended', 'sa-chosen', ...Object.keys(payloads)];

const factStep: fc.Arbitrary<Step> = fc.constantFrom(...names).chain((name) =>
  fc.record({
    kind: fc.constant('fact' as const),
    name: fc.constant(name),
    data: payloads[name]!.map(withoutAbsent),
    time: moments,
    delay: delays,
    journey: fc.integer({ min: 0, max: 4 }),
  }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: factStep },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const), which: fc.nat(1000) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('retract' as const), which: fc.nat(1000), delay: delays }),
  },
);

export interface History {
  /** In the order of arrival; some arrive twice. */
  readonly sent: readonly SentEvent[];
  /** What the log holds afterwards. */
  readonly facts: readonly OracleFact[];
}

function build(steps: readonly Step[], prefix: string): History {
  const sent: SentEvent[] = [];
  const facts: OracleFact[] = [];
  const send = (
    name: string,
    journey: string,
    time: number,
    recorded: number,
    data: Record<string, unknown>,
  ) => {
    const source = SOURCES[facts.length % SOURCES.length]!;
    const id = `${prefix}e${facts.length}`;
    const iso = (instant: number) => new Date(instant).toISOString();
    sent.push({
      specversion: '1.0',
      id,
      source,
      type: `it.mip.${name}.v1`,
      subject: journey,
      time: iso(time),
      recordedtime: iso(recorded),
      data,
    });
    facts.push({ source, id, name, subject: journey, time, recorded, order: facts.length, data });
  };
  for (const one of steps) {
    if (one.kind === 'fact') {
      send(one.name, `${prefix}j${one.journey}`, one.time, one.time + one.delay, one.data);
      continue;
    }
    const targets = facts.filter(({ name }) => name !== 'retracted');
    const target = targets[one.which % Math.max(targets.length, 1)];
    if (!target) continue;
    if (one.kind === 'again') {
      sent.push(sent.find(({ id }) => id === target.id)!);
      continue;
    }
    const recorded = target.recorded + one.delay;
    send('retracted', target.subject!, recorded, recorded, {
      source: target.source,
      id: target.id,
      reason: 'recorded_in_error',
    });
  }
  return { sent, facts };
}

/** Random histories of a few journeys: late, out of order, repeated, retracted, in two cycles, without predecessor. */
export function histories(options: { prefix?: string; maxFacts?: number } = {}): fc.Arbitrary<History> {
  return fc
    .array(step, { minLength: 1, maxLength: options.maxFacts ?? 30, size: 'max' })
    .map((steps) => build(steps, options.prefix ?? ''));
}
