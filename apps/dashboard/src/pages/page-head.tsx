import { type Message, say } from '../i18n/language.js';

/** What a page is about. */
export function PageHead({ title, lead }: { readonly title: Message; readonly lead: Message }) {
  return (
    <>
      <h1>{say(title)}</h1>
      <p class="lead">{say(lead)}</p>
    </>
  );
}
