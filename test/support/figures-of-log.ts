import { loadCatalogue } from '#catalogue';
import {
  absence,
  entriesOf,
  FunnelCounter,
  funnelRows,
  type MeasuredFact,
  type Selection,
  stock,
} from '#measures';
import { groupedBy } from '#measures/grouped-by';
import { type LoggedFact, wholeLog } from './checked-system.js';
import { type ServerProcess } from './server-process.js';

interface Answer {
  readonly items: readonly object[];
  readonly totals: object;
  readonly position: string;
}

const catalogue = loadCatalogue();
const SELECTION: Selection = { groupBy: ['territory'], filters: {} };

type Journeys = readonly (readonly MeasuredFact[])[];

/** What `/v1/audit/replay` does not compare, by the plain definitions. */
const PLAIN: Readonly<Record<string, (journeys: Journeys) => Pick<Answer, 'items' | 'totals'>>> = {
  'funnel/cumulative': (journeys) => {
    const counter = new FunnelCounter(SELECTION);
    for (const facts of journeys) counter.add(entriesOf(facts, SELECTION, catalogue));
    return funnelRows(SELECTION, catalogue, counter, 'cumulative');
  },
  absence: (journeys) => absence(journeys, SELECTION, catalogue),
  stock: (journeys) => stock(journeys, SELECTION, catalogue),
};

const measured = ({ type, time, recordedtime, position, ...fact }: LoggedFact) =>
  ({
    ...fact,
    type,
    name: type.split('.')[2],
    time: Date.parse(time),
    recorded: Date.parse(recordedtime),
    position: Number(position),
  }) as MeasuredFact;

/**
 * The cumulative funnel, the absence and the stock, each as it is served for a position or later, are what the plain
 * definitions make of the log up to there; so is the monthly funnel, by the replay.
 */
export async function expectFiguresOfLog(server: ServerProcess, after: string): Promise<void> {
  const asked = `groupBy=territory&after=${after}`;
  const replay = await server.get<object>(`/v1/audit/replay?${asked}`);
  expect(replay).toMatchObject({ matches: true, differences: [] });
  const served = await Promise.all(
    Object.keys(PLAIN).map(async (path) => [path, await server.get<Answer>(`/v1/${path}?${asked}`)] as const),
  );
  // Read after the answers: the log holds all that they can reflect.
  const log = (await wholeLog(server)).map(measured);
  for (const [path, { items, totals, position }] of served) {
    const facts = log.filter((fact) => fact.position <= Number(position));
    const journeys = [...groupedBy(facts, ({ subject }) => subject).values()];
    expect(Number(position)).toBeGreaterThanOrEqual(Number(after));
    expect({ path, items, totals }).toEqual({ path, ...PLAIN[path]!(journeys) });
  }
}
