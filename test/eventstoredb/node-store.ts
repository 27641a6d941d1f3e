import { EventEmitter } from 'node:events';
import { type NewEvent, type NodeEvent, NodeLog } from './node-log.js';

export const NO_STREAM = -1;
export type Expected = number | 'any' | 'stream-exists';

export type WriteResult =
  | { readonly kind: 'stored'; readonly revision: number; readonly position: number }
  | { readonly kind: 'wrong-version'; readonly current: number }
  | { readonly kind: 'deleted' };

const SYSTEM = { contentType: 'application/json', metadata: Buffer.alloc(0) };
/** Appends between two events that the node writes for itself. */
const SYSTEM_EVENT_EVERY = 5;

/** What the double keeps, and by which rules it takes more: those of a node of version 24.6. */
export class NodeStore {
  /** `appended` after each append. */
  readonly changes = new EventEmitter().setMaxListeners(0);
  private readonly log: NodeLog;
  private appends = 0;

  constructor(path?: string) {
    this.log = new NodeLog(path);
    if (this.log.events.length === 0) {
      this.writeSystemEvent('$$$settings', '$metadata', { $acl: { $r: '$all' } });
      this.writeSystemEvent('$user-admin', '$UserCreated', { loginName: 'admin' });
    }
  }

  get events(): readonly NodeEvent[] {
    return this.log.events;
  }

  indexAt(position: number): number | undefined {
    return this.log.indexAt(position);
  }

  /** The visible events of a stream; 'deleted' after a tombstone, undefined where there is none. */
  stream(name: string): readonly NodeEvent[] | 'deleted' | undefined {
    const events = this.log.stream(name);
    const last = events.at(-1);
    if (last?.type === '$streamDeleted') return 'deleted';
    const visible = events.filter(({ revision }) => revision >= this.truncatedBefore(name));
    return visible.length > 0 ? visible : undefined;
  }

  /**
   * A stream that is exactly where it is expected takes the events, whatever their ids. One that has gone further is
   * asked whether it has them: the same ids from the expected revision on make a repeated append a success, anything else
   * is a wrong version.
   */
  write(name: string, expected: Expected, events: readonly NewEvent[]): WriteResult {
    const stream = this.log.stream(name);
    const current = stream.at(-1)?.revision ?? NO_STREAM;
    if (stream.at(-1)?.type === '$streamDeleted') return { kind: 'deleted' };
    if (typeof expected === 'number' && expected !== current) {
      const repeated = this.repeated(stream, expected, events);
      if (repeated) return { kind: 'stored', revision: repeated.revision, position: repeated.position };
      const isAnew = expected === NO_STREAM && this.truncatedBefore(name) > current;
      if (!isAnew) return { kind: 'wrong-version', current };
    }
    if (expected === 'stream-exists' && current === NO_STREAM) return { kind: 'wrong-version', current };
    const last = this.log.append(name, current + 1, events).at(-1);
    this.appends += 1;
    if (this.appends % SYSTEM_EVENT_EVERY === 0) {
      this.writeSystemEvent('$ce-all', '$>', `${last?.revision}@${name}`);
    }
    this.changes.emit('appended');
    return { kind: 'stored', revision: last?.revision ?? current, position: last?.position ?? -1 };
  }

  /** Whether an append would be taken for a repeated one. */
  has(name: string, expected: Expected, events: readonly NewEvent[]): boolean {
    return (
      typeof expected === 'number' && this.repeated(this.log.stream(name), expected, events) !== undefined
    );
  }

  /** What a delete leaves behind: a stream that begins anew later on, or with `forEver` none ever again. */
  delete(name: string, forEver: boolean): number {
    if (!forEver) return this.writeSystemEvent(`$$${name}`, '$metadata', { $tb: Number.MAX_SAFE_INTEGER });
    const [event] = this.log.append(name, this.log.stream(name).length, [
      { ...SYSTEM, id: crypto.randomUUID(), type: '$streamDeleted', data: Buffer.from('{}') },
    ]);
    return event!.position;
  }

  writeSystemEvent(stream: string, type: string, data: unknown): number {
    const event = { ...SYSTEM, id: crypto.randomUUID(), type, data: Buffer.from(JSON.stringify(data)) };
    const [stored] = this.log.append(stream, this.log.stream(stream).length, [event]);
    this.changes.emit('appended');
    return stored!.position;
  }

  close(): void {
    this.log.close();
  }

  private repeated(
    stream: readonly NodeEvent[],
    expected: number,
    events: readonly NewEvent[],
  ): NodeEvent | undefined {
    const there = events.map(({ id }, index) => {
      const found = stream[expected + 1 + index];
      return found?.id === id ? found : undefined;
    });
    return there.includes(undefined) ? undefined : there.at(-1);
  }

  private truncatedBefore(name: string): number {
    const metadata = this.log.stream(`$$${name}`).at(-1);
    const before = metadata ? (JSON.parse(metadata.data.toString()) as { $tb?: number }).$tb : undefined;
    if (before !== Number.MAX_SAFE_INTEGER) return before ?? 0;
    // What was written after a soft delete is visible again.
    const first = this.log.stream(name).find(({ position }) => position > metadata!.position);
    return first?.revision ?? before;
  }
}
