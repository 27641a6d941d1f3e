import { setTimeout as sleep } from 'node:timers/promises';
import { type Db, MongoClient, type MongoClientOptions, ReadConcern } from 'mongodb';
import { ReadModelError } from '../read-model.error.js';
import { asReadModelError, isRefusal } from './mongodb-errors.js';

/** No call to the store takes longer; what the server has not answered by then is `unavailable`. */
const CALL_LIMIT_MS = 5_000;
/** Beneath it, so that the driver's own reason is told where it has one. */
export const SERVER_LIMIT_MS = 4_000;

/** Settings of the driver that the connection string may set otherwise. */
const DEFAULTS = {
  appName: 'percorso',
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 3_000,
  socketTimeoutMS: 10_000,
  waitQueueTimeoutMS: 4_000,
  maxPoolSize: 8,
} satisfies MongoClientOptions;

/** Carries out work on the database, within its time, and gives its errors the port's codes. */
export type Access = <T>(doing: string, work: (db: Db) => Promise<T>) => Promise<T>;

const URL_FORM = /^mongodb(?:\+srv)?:\/\/[^/?]+\/([^/?]+)(?:\?(.*))?$/is;

function databaseOf(url: string): { name: string; given: Set<string> } {
  const [, name, query = ''] = URL_FORM.exec(url) ?? [];
  if (name === undefined) {
    throw new ReadModelError('invalid', 'the URL names no database: mongodb://HOST:PORT/DATABASE');
  }
  const keys = query.split('&').map((pair) => pair.split('=', 1)[0]!.toLowerCase());
  return { name: decodeURIComponent(name), given: new Set(keys) };
}

/** A client of one database. Connects by itself whenever it is used and not connected. */
export class Connection {
  private isClosed = false;

  private constructor(
    private readonly client: MongoClient,
    private readonly db: Db,
  ) {}

  /**
   * Connects.
   *
   * @throws ReadModelError `invalid` when the URL is wrong or the server refuses the user, `unavailable` when the server
   *   cannot be reached
   */
  static async open(url: string): Promise<Connection> {
    const connection = Connection.of(url);
    try {
      await connection.access('cannot reach the read models', async (db) => db.command({ ping: 1 }));
      return connection;
    } catch (error) {
      await connection.close();
      const { cause, message } = error as Error;
      throw isRefusal(cause) ? new ReadModelError('invalid', message, { cause }) : error;
    }
  }

  private static of(url: string): Connection {
    const { name, given } = databaseOf(url);
    const defaults = Object.entries(DEFAULTS).filter(([key]) => !given.has(key.toLowerCase()));
    try {
      const client = new MongoClient(url, Object.fromEntries(defaults));
      // What is read has been written by a majority, so no failover takes it back; on a single server that is itself.
      const db = client.db(name, {
        writeConcern: { w: 'majority', journal: true, wtimeoutMS: SERVER_LIMIT_MS },
        readConcern: new ReadConcern('majority'),
        readPreference: 'primary',
      });
      return new Connection(client, db);
    } catch (error) {
      // The message of a wrong URL may repeat it, and a password stands in it.
      const reason = error instanceof Error ? error.message.replaceAll(url, 'it') : '';
      throw new ReadModelError('invalid', `the URL cannot be used: ${reason}`);
    }
  }

  readonly access: Access = async (doing, work) => {
    if (this.isClosed) throw new ReadModelError('unavailable', `${doing}: the store is closed`);
    const answered = new AbortController();
    const late = sleep(CALL_LIMIT_MS, undefined, { signal: answered.signal }).then(() => {
      throw new ReadModelError('unavailable', `${doing}: no answer within ${CALL_LIMIT_MS} ms`);
    });
    try {
      return await Promise.race([work(this.db), late]);
    } catch (error) {
      throw asReadModelError(error, doing);
    } finally {
      late.catch(() => undefined);
      answered.abort();
    }
  };

  async close(): Promise<void> {
    this.isClosed = true;
    await this.client.close();
  }
}
