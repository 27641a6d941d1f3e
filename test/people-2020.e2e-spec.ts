import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectDescribed } from './support/answer-schema.js';
import { ServerProcess } from './support/server-process.js';

type Row = Record<string, unknown>;

interface Page {
  readonly items: Row[];
  readonly next: string | null;
  readonly count: number;
  readonly position: string;
}

interface List {
  readonly items: Row[];
  readonly totals: Row;
}

const STATE = 'until=2020-12-31&knownAt=2020-12-31';
const YEAR = `from=2020-01-01&to=2020-12-31&${STATE}`;

let folder: string;
let server: ServerProcess;

const page = (path: string) => server.get<Page>(`/v1/${path}`);
const list = (path: string) => server.get<List>(`/v1/${path}`);

/** All items of a list, page by page. */
async function all(path: string): Promise<Row[]> {
  const items: Row[] = [];
  for (let next: string | null = `/v1/${path}`; next !== null;) {
    const one: Page = await server.get(next);
    items.push(...one.items);
    next = one.next;
  }
  return items;
}

const places = (items: readonly Row[]) => items.map(({ day, id }) => `${String(day)} ${String(id)}`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'percorso-people-'));
  server = await ServerProcess.start(folder, { program: 'demo', ready: false, limitMs: 240_000 });
  await server.printing('curl', 240_000);
}, 500_000);

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the people behind the figures of 2020', () => {
  it('are as many as took part, each once, by day and id', async () => {
    const first = await page(`journeys?stage=attended&${YEAR}&limit=1000`);
    expect(first.count).toBe(1443);
    const items = await all(`journeys?stage=attended&${YEAR}&limit=400`);
    expect(places(items)).toEqual([...places(items)].sort());
    expect(new Set(places(items)).size).toBe(1443);
    expect(items.slice(0, 1000)).toEqual(first.items);
    await expectDescribed(server, 'journeys', first);
  });

  it('are those who came back, of one SA, or in a status', async () => {
    expect((await page(`journeys?stage=saChosen&returning=true&${YEAR}`)).count).toBe(187);
    const { items } = await list(`funnel/monthly?groupBy=sa&${YEAR}`);
    const october = items.find(({ month, saChosen }) => month === '2020-10' && (saChosen as number) > 0)!;
    const window = `from=2020-10-01&to=2020-10-31&${STATE}`;
    const chose = await page(`journeys?stage=saChosen&sa=${String(october['sa'])}&${window}&groupBy=sa`);
    expect(chose).toMatchObject({ count: october['saChosen'], groupBy: ['sa'], sa: [october['sa']] });
    for (const item of (await list(`stock?groupBy=gender&${STATE}`)).items.slice(0, 4)) {
      const { gender, status, journeys } = item as { gender: string; status: string; journeys: number };
      const people = await page(`journeys?status=${status}&gender=${gender}&${STATE}`);
      expect(people.count).toBe(journeys);
      await expectDescribed(server, 'journeys', people);
    }
  });

  it('are in one of four states towards a later stage, and the converted have a delay', async () => {
    const question = `journeys?stage=attended&toStage=saChosen&${YEAR}`;
    const outcomes = ['converted', 'abandoned', 'notAdmissible', 'pending'];
    const counts = await Promise.all(
      outcomes.map(async (outcome) => (await page(`${question}&outcome=${outcome}`)).count),
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1443);
    const fast = await page(`${question}&outcome=converted&maxDelayDays=99&limit=1000`);
    const slow = await page(`${question}&minDelayDays=100&limit=1000`);
    expect(fast.count + slow.count).toBe(counts[0]);
    expect(
      slow.items.every(({ outcome, delayDays }) => outcome === 'converted' && Number(delayDays) >= 100),
    ).toBe(true);
    // Nobody could choose between the start of 2020 and 14 September: net of that the same people were fast.
    const net = await page(`${question}&minDelayDays=100&net=true`);
    expect(net.count).toBeLessThan(slow.count);
    await expectDescribed(server, 'journeys', fast);
  });

  it('as CSV, with the next page in a header', async () => {
    const url = `${server.url}/v1/journeys?stage=attended&toStage=saChosen&${YEAR}&limit=2`;
    const answer = await fetch(url, { headers: { accept: 'text/csv' } });
    const [header, ...rows] = (await answer.text()).trimEnd().split('\r\n');
    expect(header).toBe(
      'id,status,day,territory,venue,mode,sa,gender,education,employment,outcome,delayDays',
    );
    expect(rows).toHaveLength(2);
    const next = /<(.*)>; rel="next"/.exec(answer.headers.get('link') ?? '')![1]!;
    expect((await server.get<Page>(next)).items).toHaveLength(2);
  });
});

describe('what became known of 2020 in 2021', () => {
  const DATES = 'from=2020-01-01&to=2020-12-31&until=2020-12-31&knownAt=2020-12-31&and=2021-12-31';
  const stageOf = (items: readonly Row[], stage: string, key: string) =>
    items.filter((item) => item['stage'] === stage).reduce((sum, item) => sum + (item[key] as number), 0);

  it('is closures that nobody had written down, and all of it is told', async () => {
    const diff = await list(`audit/diff?${DATES}`);
    await expectDescribed(server, 'audit/diff', diff);
    const then = await list(`funnel/monthly?${YEAR}`);
    const now = await list(
      'funnel/monthly?from=2020-01-01&to=2020-12-31&until=2020-12-31&knownAt=2021-12-31',
    );
    for (const stage of [
      'abandoned',
      'notAdmissible',
      'receptionHeld',
      'attended',
      'saChosen',
      'registered',
    ]) {
      const change = (now.totals[stage] as number) - (then.totals[stage] as number);
      expect(stageOf(diff.items, stage, 'after') - stageOf(diff.items, stage, 'before')).toBe(change);
    }
    const classes = diff.items.flatMap(({ causes }) => (causes as Row[]).map((cause) => cause['class']));
    expect(new Set(classes)).toContain('late');
    expect(new Set(classes)).not.toContain('new');
    const csv = await fetch(`${server.url}/v1/audit/diff?${DATES}&groupBy=territory`, {
      headers: { accept: 'text/csv' },
    });
    expect((await csv.text()).split('\r\n')[0]).toBe('month,territory,stage,before,after,causes');
  });

  it('shows in a journey: what decided, and what was taken back', async () => {
    const [corrected] = (
      await list(`audit/diff?from=2020-01-01&to=2020-12-31&knownAt=2019-12-31&and=2021-12-31`)
    ).items
      .flatMap(({ causes }) => causes as { class: string; facts: { subject: string; type: string }[] }[])
      .filter(({ class: kind }) => kind === 'correction');
    const id = corrected!.facts[0]!.subject;
    const journey = await server.get<Row>(`/v1/journeys/${id}`);
    await expectDescribed(server, 'journeys/{id}', journey);
    expect(journey['takenBack']).not.toHaveLength(0);
    const outcomes = (journey['entries'] as { stage: string; outcomes: Record<string, Row> }[]).flatMap(
      (entry) => Object.values(entry.outcomes),
    );
    for (const { outcome, decidedBy, leftOpenBy, followedTo } of outcomes) {
      const isPending = outcome === 'pending';
      expect([decidedBy === null, leftOpenBy === null, followedTo === null]).toEqual([
        isPending,
        !isPending,
        !isPending,
      ]);
    }
  });

  it('shows in a journey: why somebody is pending, and until when it was followed', async () => {
    const [pending] = await all(
      `journeys?stage=attended&toStage=saChosen&outcome=pending&${YEAR}&limit=1000`,
    );
    const of = async (cut: string) => {
      const journey = await server.get<Row>(`/v1/journeys/${String(pending!['id'])}?${cut}`);
      await expectDescribed(server, 'journeys/{id}', journey);
      const entries = journey['entries'] as { stage: string; outcomes: Record<string, Row> }[];
      const facts = journey['facts'] as Row[];
      return { facts, outcome: entries.findLast(({ stage }) => stage === 'attended')!.outcomes['saChosen']! };
    };
    const { outcome, facts } = await of(STATE);
    expect(outcome).toMatchObject({ outcome: 'pending', decidedBy: null, followedTo: '2020-12-31' });
    const statuses = facts.filter(({ type }) => !String(type).includes('questionnaire'));
    const { source, id, type, time } = statuses.at(-1)!;
    expect(outcome['leftOpenBy']).toEqual({ source, id, type, time });
    const earlier = await of('until=2020-12-31&knownAt=2020-12-30');
    expect(earlier.outcome['followedTo']).toBe('2020-12-30');
  });
});

describe('the quality of the demo', () => {
  it('shows what was written down late, and that all of it is imported, with the journeys behind', async () => {
    const findings = await list('quality/findings');
    await expectDescribed(server, 'quality/findings', findings);
    const kinds = findings.totals['kinds'] as Record<string, number>;
    // The steps of the made-up people fit together.
    for (const kind of ['out_of_order', 'pds_without_choice', 'attended_without_registration']) {
      expect([kind, kinds[kind]]).toEqual([kind, 0]);
    }
    expect(kinds).toMatchObject({ recorded_late: 461, past_rewritten: 28_189 });
    for (const { description } of findings.items) expect(description).toBeTruthy();
    const late = await all('quality/findings/journeys?kind=recorded_late&limit=300');
    expect(late.reduce((sum, { facts }) => sum + (facts as Row[]).length, 0)).toBe(
      kinds['recorded_late']! - 8,
    );
    expect(places(late)).toEqual([...places(late)].sort());
    const withoutJourney = (kind: string) =>
      findings.items
        .filter((row) => row['kind'] === kind)
        .reduce((sum, row) => sum + (row['withoutJourney'] as number), 0);
    expect(['recorded_late', 'past_rewritten'].map(withoutJourney)).toEqual([8, 5241]);
    const first = await page('quality/findings/journeys?kind=recorded_late&limit=3');
    expect(first).toMatchObject({ findings: 453, withoutJourney: 8 });
    await expectDescribed(server, 'quality/findings/journeys', first);
    expect(first.items).toEqual(late.slice(0, 3));
  });
});
