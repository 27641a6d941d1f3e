import { DAY_MS } from '#calendar';
import { type EventLog } from '#event-log';
import { type Fact, type FactName, fullType, type JsonObject, streamOf } from '#events';
import fc from 'fast-check';

const BASE = Date.parse('2019-12-20T09:00:00Z');

const venue = fc.constantFrom('CPI-RIVOLI', 'ONLINE-TORINO', 'TEL-CUNEO');
const sa = fc.constantFrom('IZI-TORINO', 'CODEX-CUNEO');
const territory = fc.constantFrom('TO', 'CN', 'AL-AT');
const profile = fc.record({ gender: fc.constantFrom('F', 'M') }, { noNullPrototype: true });
const record = (model: Record<string, fc.Arbitrary<unknown>>, requiredKeys = Object.keys(model)) =>
  fc.record(model, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<JsonObject>;

const ofJourney: { [N in FactName]?: fc.Arbitrary<JsonObject> } = {
  registered: record({ territory, profile }, ['territory']),
  booked: record({
    venue,
    meetingId: fc.constant('m-1'),
    scheduledFor: fc.constant('2020-01-07T09:00:00+01:00'),
  }),
  'booking-cancelled': record({ meetingId: fc.constant('m-1') }),
  attended: record({ venue }),
  absent: record({ venue }),
  'sa-chosen': record({ sa }),
  'pds-signed': record({ sa }),
  abandoned: record({ sa }, []),
  'questionnaire-sent': record({ sa }),
};
const ofOthers: { [N in FactName]?: fc.Arbitrary<JsonObject> } = {
  'meeting-held': record({ venue }),
  'contact-handled': record({ channel: fc.constantFrom('phone', 'chatbot') }),
  'web-traffic': record({ date: fc.constant('2020-01-03'), uniquePageViews: fc.nat(500) }),
};

interface Draft {
  readonly name: FactName;
  readonly data: JsonObject;
  readonly time: number;
  readonly delay: number;
  readonly subject: number;
}

const draftOf = (payloads: typeof ofJourney) =>
  fc.constantFrom(...(Object.keys(payloads) as FactName[])).chain((name): fc.Arbitrary<Draft> =>
    fc.record({
      name: fc.constant(name),
      data: payloads[name]!,
      // Both cycles, and often the same day.
      time: fc.oneof(fc.nat(30), fc.integer({ min: -400, max: 300 })).map((day) => BASE + day * DAY_MS),
      delay: fc.oneof(
        fc.constant(0),
        fc.nat(90).map((day) => day * DAY_MS),
      ),
      subject: fc.nat(12),
    }),
  );

const steps = fc.oneof(
  { weight: 8, arbitrary: draftOf(ofJourney) },
  { weight: 2, arbitrary: draftOf(ofOthers) },
  { weight: 2, arbitrary: fc.record({ target: fc.nat(), delay: fc.nat(60).map((day) => day * DAY_MS) }) },
);

function retractionOf(target: Fact, id: string, delay: number): Fact {
  const recorded = target.recorded + delay;
  const name = target.type.split('.')[2] as FactName;
  const isJourneys = ofJourney[name] !== undefined;
  const hasSubject = target.subject !== undefined;
  const data: JsonObject = {
    source: target.source,
    id: target.id,
    reason: 'other',
    ...(isJourneys ? {} : { type: target.type }),
    ...(hasSubject ? {} : { day: streamOf(target).slice(-10) }),
  };
  return {
    source: '/desk',
    id,
    type: fullType('retracted'),
    ...(hasSubject ? { subject: target.subject } : {}),
    time: recorded,
    recorded,
    accepted: recorded,
    data,
  };
}

/** Facts of a few journeys, meetings and days: late, of two cycles, retracted, some of them twice. */
export function randomHistory(count: number, seed: number): Fact[] {
  const facts: Fact[] = [];
  for (const step of fc.sample(steps, { numRuns: count, seed })) {
    const id = `e-${facts.length}`;
    if ('target' in step) {
      const targets = facts.filter(({ type }) => type !== fullType('retracted'));
      const target = targets[step.target % Math.max(1, targets.length)];
      if (target) facts.push(retractionOf(target, id, step.delay));
      continue;
    }
    const { name, data, time, delay, subject } = step;
    const about = name === 'meeting-held' ? `m-${subject}` : `J-${subject}`;
    facts.push({
      source: '/area-web',
      id,
      type: fullType(name),
      ...(name === 'contact-handled' || name === 'web-traffic' ? {} : { subject: about }),
      time,
      recorded: time + delay,
      accepted: time + delay,
      data,
    });
  }
  return facts;
}

/** Appends facts one by one, each to its own stream. */
export async function appendAll(log: EventLog, facts: readonly Fact[]): Promise<void> {
  const revisions = new Map<string, number>();
  const appends = facts.map((fact) => {
    const stream = streamOf(fact);
    const expectedRevision = revisions.get(stream) ?? -1;
    revisions.set(stream, expectedRevision + 1);
    return log.append({ stream, expectedRevision, facts: [fact] });
  });
  for (const outcome of await Promise.all(appends)) {
    if (outcome.kind !== 'appended') throw new Error('the log was not as expected');
  }
}
