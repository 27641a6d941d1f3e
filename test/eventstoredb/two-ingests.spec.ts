import 'reflect-metadata';
import { loadCatalogue } from '#catalogue';
import { type EventLog } from '#event-log';
import { allFacts } from '#event-log/event-log.examples';
import { openEventStoreDbEventLog } from '#event-log/eventstoredb/eventstoredb-event-log';
import { checkEvent, type IncomingEvent } from '#events';
import { FactIntake } from '../../apps/ingest/src/intake/fact-intake.js';
import { type IntakeOptions } from '../../apps/ingest/src/intake/intake-rounds.js';
import { attended } from '../../apps/ingest/src/testing/running-ingest.js';
import { EventStoreDouble } from './event-store-double.js';

const catalogue = loadCatalogue();
const OPTIONS: IntakeOptions = { onRefusal: 'nothing' };
const [HERE, THERE] = ['CPI-RIVOLI', 'ONLINE-TORINO'];

function incoming(id: string, venue = HERE): IncomingEvent {
  const checked = checkEvent(attended(id, { data: { venue } }), {
    catalogue,
    now: Date.now(),
    mayImport: false,
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
  return checked.event;
}

/** The next millisecond, in which a process gives other times. */
async function later(): Promise<void> {
  const now = Date.now();
  while (Date.now() === now) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** As where a client sends again what it believes lost, and a load balancer brings it to another ingest. */
describe('two ingests on one node of EventStoreDB', () => {
  let node: EventStoreDouble;
  let logs: EventLog[];
  let one: FactIntake;
  let other: FactIntake;

  beforeEach(async () => {
    node = await EventStoreDouble.start();
    logs = [1, 2].map(() => openEventStoreDbEventLog(node.url, { mode: 'write', callLimitMs: 300 }));
    [one, other] = logs.map((log) => new FactIntake(log)) as [FactIntake, FactIntake];
  });

  afterEach(async () => {
    for (const log of logs) await log.close();
    await node.kill();
  });

  const accept = async (intake: FactIntake, ...events: IncomingEvent[]) => {
    const outcomes = await intake.accept(events, OPTIONS);
    await later();
    return outcomes;
  };

  /** What a sender is told of an event must be what the log says. */
  const expectTrue = async (outcome: unknown, kind: string, id: string) => {
    const fact = (await allFacts(logs[0]!)).find((stored) => stored.id === id)!;
    expect(outcome).toEqual({ kind, position: fact.position, recorded: fact.recorded });
  };

  it.each([
    ['that has not heard of the stream', false],
    ['that knows the stream as it was', true],
  ])('what the one has taken is a duplicate at one %s', async (_, knowsStream) => {
    if (knowsStream) await accept(other, incoming('before'));
    await expectTrue((await accept(one, incoming('a')))[0], 'accepted', 'a');
    await expectTrue((await accept(other, incoming('a')))[0], 'duplicate', 'a');
    await expectTrue((await accept(one, incoming('a')))[0], 'duplicate', 'a');
  });

  it.each([
    ['that has not heard of the stream', false],
    ['that knows the stream as it was', true],
  ])('what the one has taken and another says otherwise is a conflict at one %s', async (_, knowsStream) => {
    if (knowsStream) await accept(other, incoming('before'));
    await accept(one, incoming('a', HERE));
    expect(await accept(other, incoming('a', THERE))).toMatchObject([{ kind: 'conflict' }]);
    const said = (await allFacts(logs[1]!)).filter(({ id }) => id === 'a').map(({ data }) => data);
    expect(said).toEqual([{ venue: HERE }]);
  });

  it('several of one request are taken together, or what is known of them is told', async () => {
    await accept(other, incoming('before'));
    await accept(one, incoming('a'), incoming('b'));
    const outcomes = await accept(other, incoming('a'), incoming('b'), incoming('c'));
    await expectTrue(outcomes[0], 'duplicate', 'a');
    await expectTrue(outcomes[1], 'duplicate', 'b');
    await expectTrue(outcomes[2], 'accepted', 'c');
    expect((await allFacts(logs[0]!)).map(({ id }) => id)).toEqual(['before', 'a', 'b', 'c']);
  });

  it.each([
    ['the same', HERE, 'duplicate'],
    ['something else', THERE, 'conflict'],
  ])('an append of an ingest that died, carried out later: %s sent again', async (_, venue, kind) => {
    await accept(other, incoming('before'));
    node.faults.losesAnswers = true;
    const patient = openEventStoreDbEventLog(node.url, { mode: 'write', callLimitMs: 50, patienceMs: 100 });
    const dying = new FactIntake(patient);
    await expect(dying.accept([incoming('a', HERE)], OPTIONS)).rejects.toMatchObject({
      cause: { code: 'outcome-unknown' },
    });
    node.faults.losesAnswers = false;
    await later();
    const [outcome] = await accept(other, incoming('a', venue));
    expect(outcome).toMatchObject({ kind });
    if (kind === 'duplicate') await expectTrue(outcome, kind, 'a');
    await patient.close();
  });
});
