import { describeWithMongodb, MongodbServer } from '#read-models/testing/mongodb-server';
import { EmbeddedSystem } from './embedded-system.js';

const LIMIT_MS = 300_000;

/** Opens a system of its own, with its read models in the store that is being tried. */
export type OpenSystem = (clock?: () => number) => Promise<EmbeddedSystem>;

interface Tried {
  /** What the test says, before how often: "answers as the plain definitions do". */
  readonly does: string;
  /** How many histories it is tried with; fewer on MongoDB, where each takes a database. */
  readonly onSqlite: number;
  readonly onMongodb: number;
}

/** Defines the same property of the whole system for the read models in SQLite and, where there is a server, in MongoDB. */
export function describeOnBothReadModels(
  name: string,
  { does, onSqlite, onMongodb }: Tried,
  prove: (numRuns: number, open: OpenSystem) => Promise<void>,
): void {
  describe(name, () => {
    it(
      `${does}, ${onSqlite} times`,
      () => prove(onSqlite, (clock) => EmbeddedSystem.open({ clock })),
      LIMIT_MS,
    );
  });

  describeWithMongodb(`${name}, with the read models in MongoDB`, () => {
    let server: MongodbServer;

    beforeAll(async () => {
      server = await MongodbServer.start();
    });

    afterAll(() => server.stop());

    it(
      `${does}, ${onMongodb} times`,
      () => prove(onMongodb, (clock) => EmbeddedSystem.open({ clock, readModelUrl: server.url() })),
      LIMIT_MS,
    );
  });
}
