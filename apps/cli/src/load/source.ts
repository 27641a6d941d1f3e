import { type ProblemPlace } from '#http/problem';

/** A fact of a file, as it will be sent. */
export interface SourceFact {
  readonly kind: 'fact';
  /** Where it stands in the file, from 1. */
  readonly line: number;
  /** The event in JSON, on one line. */
  readonly json: Buffer;
  /** What the file calls the place that a pointer into the event leads to. */
  readonly placeOf?: (pointer: string) => string | undefined;
  /** Bytes of the file read so far. */
  readonly bytesRead: number;
}

/** A place of a file that no fact can be made of. */
export interface SourceFault {
  readonly kind: 'fault';
  readonly line: number;
  readonly errors: readonly Pick<ProblemPlace, 'pointer' | 'detail'>[];
  readonly placeOf?: (pointer: string) => string | undefined;
}

export type SourcePart = SourceFact | SourceFault;

/** One line: where in the file, and what is wrong there. */
export function describeInFile(
  { line, placeOf }: Pick<SourceFact, 'line' | 'placeOf'>,
  { pointer, detail }: Pick<ProblemPlace, 'pointer' | 'detail'>,
): string {
  const place = pointer === undefined ? undefined : placeOf?.(pointer);
  const words = [`line ${line}`, ...(place === undefined ? [] : [place]), ...(pointer ? [pointer] : [])];
  return `${words.join(', ')}: ${detail}`;
}
