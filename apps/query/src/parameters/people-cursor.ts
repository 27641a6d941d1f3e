import { isoDay, parseDay } from '#calendar';
import { formatPosition, parsePosition } from '#event-log';

/** Where the next page of a list of people begins, and what all pages of that list show. */
export interface PeopleCursor {
  /** The position of the log that the first page reflected. */
  readonly position: number;
  /** Begin of the digest of the catalogue that it was answered with. */
  readonly catalogue: string;
  /** Day and id of the last item. */
  readonly day: number;
  readonly id: string;
}

const CATALOGUE_DIGITS = 12;
const FORM = /^([0-9]+)\.([0-9a-f]{12})\.(\d{4}-\d{2}-\d{2})\.([A-Za-z0-9_-]{1,64})$/;

export function formatPeopleCursor({ position, catalogue, day, id }: PeopleCursor): string {
  return [formatPosition(position), catalogue.slice(0, CATALOGUE_DIGITS), isoDay(day), id].join('.');
}

/** The cursor of a `next` link; undefined for a text that is none. */
export function parsePeopleCursor(token: string): PeopleCursor | undefined {
  const [, at = '', catalogue = '', on = '', id = ''] = FORM.exec(token) ?? [];
  const position = parsePosition(at);
  const day = parseDay(on);
  return position === undefined || day === undefined ? undefined : { position, catalogue, day, id };
}

/** Whether an answer follows the catalogue that the cursor's list began with. */
export function hasCatalogue({ catalogue }: PeopleCursor, digest: string): boolean {
  return digest.startsWith(catalogue);
}
