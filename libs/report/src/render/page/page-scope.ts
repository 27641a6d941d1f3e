import { type Language } from '../../document.js';
import { type Word, wordIn } from '../../words.js';

/** The request for people, which the dashboard's page of the same parameters asks. */
const PEOPLE = '/v1/journeys?';

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

  /**
   * The attributes of a link to what stands behind a number. People are shown by the dashboard, not as the bare answer, and
   * not within a frame that shows the report.
   */
  link(href: string): { readonly href: string; readonly target: string } {
    return { href: `${this.base}${this.shownBy(href)}`, target: '_top' };
  }

  private shownBy(href: string): string {
    if (!href.startsWith(PEOPLE)) return href;
    const question = new URLSearchParams(href.slice(PEOPLE.length));
    if (!question.has('toStage')) question.set('toStage', 'none');
    question.set('lang', this.lang);
    return `/journeys?${question.toString().replaceAll('%2C', ',')}`;
  }
}
