interface Range {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
}

const QUALITY = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/**
 * The media type that an `Accept` header likes best (RFC 9110, 12.5.1): for each offer the most specific range that
 * fits it counts; of equally liked ones the first offered wins. Undefined when none is acceptable.
 *
 * @param header the header; absent or empty accepts everything
 */
export function negotiate<T extends string>(header: string | undefined, offers: readonly T[]): T | undefined {
  if (header === undefined || header.trim() === '') return offers[0];
  const ranges = header.split(',').flatMap(parseRange);
  let best: T | undefined;
  let bestQuality = 0;
  for (const offer of offers) {
    const quality = qualityOf(offer, ranges);
    if (quality > bestQuality) [best, bestQuality] = [offer, quality];
  }
  return best;
}

function qualityOf(offer: string, ranges: readonly Range[]): number {
  const [type, subtype] = offer.split('/');
  const fitting = ranges.filter(
    (range) =>
      (range.type === '*' && range.subtype === '*') ||
      (range.type === type && (range.subtype === '*' || range.subtype === subtype)),
  );
  const specific = (range: Range) => Number(range.type !== '*') + Number(range.subtype !== '*');
  return fitting.sort((a, b) => specific(b) - specific(a))[0]?.quality ?? 0;
}

function parseRange(text: string): Range[] {
  const [range = '', ...parts] = text.split(';').map((part) => part.trim().toLowerCase());
  const [, type, subtype] = /^([^\s/]+)\/([^\s/]+)$/.exec(range) ?? [];
  if (type === undefined || subtype === undefined) return [];
  const weight = parts.find((part) => part.startsWith('q='))?.slice(2);
  // A weight of another form says nothing: the range itself was meant. Other parameters narrow no offer down.
  return [{ type, subtype, quality: weight !== undefined && QUALITY.test(weight) ? Number(weight) : 1 }];
}
