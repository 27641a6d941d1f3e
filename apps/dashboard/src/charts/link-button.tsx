import { useState } from 'preact/hooks';
import { type Message, say } from '../i18n/language.js';

const LINK: Message = ['Link', 'Link'];
const COPIED: Message = ['Copiato', 'Copied'];
const COPY: Message = ['Copia il link a «{title}»', 'Copy the link to “{title}”'];
const BACK_MS = 2_000;

/** Copies the address that shows a chart as it is now; without a clipboard the address bar gets it. */
export function LinkButton({ id, title }: { readonly id: string; readonly title: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const url = new URL(location.href);
    url.hash = id;
    history.replaceState(null, '', url);
    await navigator.clipboard?.writeText(url.href).catch(() => undefined);
    setCopied(true);
    setTimeout(() => setCopied(false), BACK_MS);
  };
  return (
    <button type="button" onClick={() => void copy()} aria-label={say(COPY, { title })}>
      <span aria-live="polite">{say(copied ? COPIED : LINK)}</span>
    </button>
  );
}
