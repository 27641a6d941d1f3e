import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';

/** An event as the node keeps it. */
export interface NodeEvent {
  /** Offset of its record in the log: its commit and its prepare position. */
  readonly position: number;
  /** Where the next record may begin. */
  readonly end: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly created: number;
  readonly data: Buffer;
  readonly metadata: Buffer;
}

export type NewEvent = Pick<NodeEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

interface Header extends Omit<NodeEvent, 'position' | 'end' | 'data' | 'metadata'> {
  readonly dataBytes: number;
  /** Events of the same append that follow: without them it was not stored. */
  readonly following: number;
}

/** Length of a record and of its header. */
const PREFIX = 8;
/** As in a real node the first record does not stand at 0, which would look like the start of the log. */
const FIRST_POSITION = 16;

/**
 * The log of the double, in memory and in a file where one is given. A record's position is its offset in that file, so
 * positions have gaps. An append is written by one call to the operating system before it counts: it outlives the
 * process, however that ends.
 */
export class NodeLog {
  readonly events: NodeEvent[] = [];
  private readonly streams = new Map<string, NodeEvent[]>();
  private readonly byPosition = new Map<number, number>();
  private readonly file: number | undefined;
  private end = FIRST_POSITION;

  constructor(path?: string) {
    if (path === undefined) return;
    const stored = existsSync(path) ? readFileSync(path) : Buffer.alloc(FIRST_POSITION);
    this.file = openSync(path, existsSync(path) ? 'r+' : 'w+');
    if (stored.length > FIRST_POSITION) this.load(stored);
    else writeSync(this.file, stored, 0, FIRST_POSITION, 0);
    ftruncateSync(this.file, this.end);
  }

  stream(name: string): readonly NodeEvent[] {
    return this.streams.get(name) ?? [];
  }

  /** The index of the event at a position; of the end of the log where that is the position; otherwise undefined. */
  indexAt(position: number): number | undefined {
    if (position >= this.end) return this.events.length;
    return this.byPosition.get(position);
  }

  append(stream: string, fromRevision: number, added: readonly NewEvent[]): NodeEvent[] {
    const created = Date.now();
    const records: Buffer[] = [];
    let position = this.end;
    const events = added.map(({ data, metadata, ...event }, index) => {
      const revision = fromRevision + index;
      const following = added.length - index - 1;
      const header: Header = { ...event, stream, revision, created, dataBytes: data.length, following };
      const text = Buffer.from(JSON.stringify(header));
      const prefix = Buffer.alloc(PREFIX);
      const length = PREFIX + text.length + data.length + metadata.length;
      prefix.writeUInt32LE(length, 0);
      prefix.writeUInt32LE(text.length, 4);
      records.push(prefix, text, data, metadata);
      const stored = {
        ...event,
        stream,
        revision,
        created,
        data,
        metadata,
        position,
        end: position + length,
      };
      position = stored.end;
      return stored;
    });
    if (this.file !== undefined) writeSync(this.file, Buffer.concat(records), 0, undefined, this.end);
    for (const event of events) this.add(event);
    return events;
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
  }

  private add(event: NodeEvent): void {
    this.byPosition.set(event.position, this.events.length);
    this.events.push(event);
    const stream = this.streams.get(event.stream);
    if (stream) stream.push(event);
    else this.streams.set(event.stream, [event]);
    this.end = event.end;
  }

  private load(stored: Buffer): void {
    let whole: NodeEvent[] = [];
    let position = FIRST_POSITION;
    while (position + PREFIX <= stored.length) {
      const end = position + stored.readUInt32LE(position);
      if (end > stored.length || end === position) break;
      const dataAt = position + PREFIX + stored.readUInt32LE(position + 4);
      const text = stored.toString('utf8', position + PREFIX, dataAt);
      const { dataBytes, following, ...event } = JSON.parse(text) as Header;
      const data = stored.subarray(dataAt, dataAt + dataBytes);
      whole.push({ ...event, position, end, data, metadata: stored.subarray(dataAt + dataBytes, end) });
      if (following === 0) {
        for (const one of whole) this.add(one);
        whole = [];
      }
      position = end;
    }
  }
}
