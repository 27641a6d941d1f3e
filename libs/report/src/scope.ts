import { type Day, firstDayOfMonth, isoDay, isoMonth, lastDayOfMonth, type Month } from '#calendar';
import { type Catalogue, type CatalogueEntry } from '#catalogue';
import { type CutOffs, type GroupKey, type Selection } from '#measures';
import { type Language } from './document.js';
import { shownValue } from './render/shown-value.js';
import { monthIn, type Word, wordIn } from './words.js';

export interface ReportQuestion {
  readonly year: number;
  readonly lang: Language;
  readonly cut: CutOffs;
  /** The cut-offs as they were asked, for links. */
  readonly knownAt: string | null;
  readonly until: string | null;
}

/** A calendar month of the report. */
export interface ReportMonth {
  /** `2020-05`. */
  readonly key: string;
  /** `05`. */
  readonly number: string;
  readonly firstDay: Day;
  readonly lastDay: Day;
}

/** What all parts of one report have in common: year, language, programme, cut-offs. */
export class ReportScope {
  readonly year: number;
  readonly before: number;
  readonly lang: Language;

  constructor(
    readonly question: ReportQuestion,
    readonly catalogue: Catalogue,
  ) {
    this.year = question.year;
    this.before = question.year - 1;
    this.lang = question.lang;
  }

  /** A word of the dictionary; `{year}`, `{before}` and the given names are filled in. */
  say(word: Word, values: Readonly<Record<string, string | number>> = {}): string {
    const known: Readonly<Record<string, string | number>> = {
      year: this.year,
      before: this.before,
      ...values,
    };
    return wordIn(this.lang, word).replace(/\{(\w+)\}/g, (_, name: string) => String(known[name] ?? ''));
  }

  /** A count within a sentence. */
  count(number: number): string {
    return shownValue(number, 'integer', this.lang);
  }

  /** A calendar month (`05`) in words. */
  month(number: string, form: 'short' | 'long' = 'short'): string {
    return monthIn(this.lang, number, form);
  }

  months(year = this.year): ReportMonth[] {
    return Array.from({ length: 12 }, (_, index) => monthOf(year * 12 + index));
  }

  /** January to December of a year, at the cut-offs. */
  inYear(groupBy: readonly GroupKey[] = [], year = this.year): Selection {
    const [from, to] = [firstDayOfMonth(year * 12), lastDayOfMonth(year * 12 + 11)];
    return { ...this.question.cut, from, to, groupBy, filters: {} };
  }

  /** The parameters of the same in an address. */
  yearParameters(year = this.year): Record<string, string> {
    return { from: `${year}-01-01`, to: `${year}-12-31` };
  }

  /** The codes that could be used at some time of the year. */
  inUse<E extends CatalogueEntry>(entries: readonly E[]): E[] {
    const { from, to } = this.inYear();
    return entries.filter(
      ({ validFrom, validTo }) =>
        (validFrom === undefined || validFrom <= to!) && (validTo === undefined || validTo > from!),
    );
  }

  /** The territory with an axis of its own in figures: the first of the programme, which is as large as the others. */
  get mainTerritory(): string | undefined {
    const [first, ...others] = this.catalogue.territories;
    return others.length > 0 ? first?.code : undefined;
  }
}

function monthOf(month: Month): ReportMonth {
  const key = isoMonth(month);
  return { key, number: key.slice(5), firstDay: firstDayOfMonth(month), lastDay: lastDayOfMonth(month) };
}

/** The days of a month as parameters of an address. */
export function monthParameters({ firstDay, lastDay }: ReportMonth): Record<string, string> {
  return { from: isoDay(firstDay), to: isoDay(lastDay) };
}
