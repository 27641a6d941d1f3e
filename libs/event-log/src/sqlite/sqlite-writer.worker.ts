import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { makeFolder } from '#calendar';
import { EventLogError } from '../event-log.error.js';
import { openForWriting } from './connections.js';
import { GroupCommitter } from './group-committer.js';
import { asEventLogError } from './sqlite-errors.js';
import { takeWriterLock } from './writer-lock.js';
import { type FromWriter, type PackedAppend, type ToWriter, type WriterStart } from './writer-messages.js';

const { path, settings } = workerData as WriterStart;

function send(message: FromWriter): void {
  parentPort?.postMessage(message);
}

/** The appends of the next commit: the oldest ones, up to the bounds, at least one. */
function nextGroup(waiting: PackedAppend[]): PackedAppend[] {
  let facts = 0;
  let bytes = 0;
  const end = waiting.findIndex((append, index) => {
    facts += append.rows.length;
    bytes += append.bytes;
    return index > 0 && (facts > settings.maxCommitFacts || bytes > settings.maxCommitBytes);
  });
  return waiting.splice(0, end === -1 ? waiting.length : end);
}

function write(committer: GroupCommitter, close: () => void): void {
  const waiting: PackedAppend[] = [];
  let scheduled = false;
  let closing = false;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    // Not at once: all messages that arrived during the last commit are taken in before the next one starts.
    setImmediate(commitNext);
  }

  function commitNext(): void {
    scheduled = false;
    const group = nextGroup(waiting);
    const result = group.length > 0 ? committer.commit(group) : undefined;
    if (result) send(result);
    // After a failed flush nothing that the system says about the file can be trusted until it is opened anew.
    const stop = result?.kind === 'failed' && result.code === 'outcome-unknown';
    if (stop || (closing && waiting.length === 0)) {
      close();
      parentPort?.close();
    } else if (waiting.length > 0) schedule();
  }

  parentPort?.on('message', (message: ToWriter) => {
    if (message.kind === 'close') closing = true;
    else for (const append of message.appends) waiting.push(append);
    schedule();
  });
}

function start(): void {
  makeFolder(dirname(path));
  const unlock = takeWriterLock(path);
  const database = openForWriting(path, settings.writerCacheMegabytes);
  write(new GroupCommitter(database), () => {
    database.close();
    unlock();
  });
}

try {
  start();
  send({ kind: 'ready' });
} catch (error) {
  const doing = `cannot open the event log ${path}`;
  const reported = asEventLogError(error, doing);
  if (reported instanceof EventLogError) {
    send({ kind: 'refused', code: reported.code, message: reported.message });
  } else {
    // The driver and the file system report a missing or forbidden folder with errors of their own.
    const reason = reported instanceof Error ? reported.message : String(reported);
    send({ kind: 'refused', code: 'unavailable', message: `${doing}: ${reason}` });
  }
  parentPort?.close();
}
