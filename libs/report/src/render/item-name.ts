import { type Language, type ReportItem } from '../document.js';
import { wordIn } from '../words.js';

/** `Table 4`, `Figure 7`; the title of what has no number. */
export function shortName(lang: Language, item: ReportItem): string {
  if (item.type === 'text' || item.number === null) return item.title;
  return `${wordIn(lang, `page.${item.type}`)} ${item.number}`;
}

/** `Table 4. Absence from the meetings, by territory`. */
export function fullName(lang: Language, item: ReportItem): string {
  const short = shortName(lang, item);
  return short === item.title ? short : `${short}. ${item.title}`;
}

/** A name for files and anchors whose order is that of the numbers: `table-04`. */
export function sortedId({ id }: ReportItem): string {
  return id.replace(/^(table|figure)-(\d)$/, '$1-0$2');
}
