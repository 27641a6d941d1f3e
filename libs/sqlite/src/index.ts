import { createRequire } from 'node:module';
import type BetterSqlite from 'better-sqlite3';

/** The first Node.js that the driver's newer line runs on; with an older one it ends the process. */
const FIRST_WITH_NODE_API = 22;

const packageName =
  Number.parseInt(process.versions.node, 10) >= FIRST_WITH_NODE_API
    ? 'better-sqlite3-node-api'
    : 'better-sqlite3';

/**
 * The SQLite driver for the Node.js that runs: the same interface from the one or the other line of better-sqlite3
 * (docs/decisions/0011-two-lines-of-the-sqlite-driver.md).
 */
export const Sqlite = createRequire(import.meta.url)(packageName) as typeof BetterSqlite;
