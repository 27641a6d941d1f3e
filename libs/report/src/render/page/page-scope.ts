import { type Language } from '../../document.js';
import { type Word, wordIn } from '../../words.js';

/** What all parts of a page have in common. */
export class PageScope {
  /** @param base what addresses begin with; empty where the page is served beside them */
  constructor(
    readonly lang: Language,
    private readonly base: string,
  ) {}

  say(word: Word): string {
    return wordIn(this.lang, word);
  }

  address(href: string): string {
    return `${this.base}${href}`;
  }
}
