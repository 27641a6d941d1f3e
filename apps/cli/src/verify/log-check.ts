import { STAGE_ORDER, fullType } from '#events';

const KNOWN_TYPES = new Set(STAGE_ORDER.map(fullType));
const NEEDED = [
  'specversion',
  'id',
  'source',
  'type',
  'time',
  'recordedtime',
  'acceptedtime',
  'position',
  'data',
];
const MOST_FAULTS = 100;

/** Looks at every fact of a log: that it is one, and stands after the one before. */
export class LogCheck {
  readonly faults: string[] = [];
  /** Position of the last fact. */
  last = 0;
  private line = 0;

  /** @param lines whole lines, one fact each */
  take(lines: Buffer): void {
    for (const text of lines.toString('utf8').split('\n')) {
      if (text === '') continue;
      this.line += 1;
      const fault = this.faultOf(text);
      if (fault !== undefined && this.faults.length < MOST_FAULTS)
        this.faults.push(`fact ${this.line} ${fault}`);
    }
  }

  private faultOf(text: string): string | undefined {
    const fact = parsed(text);
    if (fact === undefined) return 'is no JSON object';
    const missing = NEEDED.filter((name) => fact[name] === undefined);
    if (missing.length > 0) return `has no ${missing.join(', ')}`;
    const position = Number(fact['position']);
    if (!(position > this.last)) return `stands at ${position}, after ${this.last}`;
    this.last = position;
    if (!KNOWN_TYPES.has(String(fact['type']))) return 'is of a type that is not known';
    const times = ['time', 'recordedtime', 'acceptedtime'].filter((name) =>
      Number.isNaN(Date.parse(String(fact[name]))),
    );
    return times.length > 0 ? `has no instant as ${times.join(', ')}` : undefined;
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
