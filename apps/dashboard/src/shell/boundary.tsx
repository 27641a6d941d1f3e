import { type ComponentChildren } from 'preact';
import { useEffect, useErrorBoundary } from 'preact/hooks';
import { type Message, say } from '../i18n/language.js';
import { problemDetail } from '../i18n/problem-words.js';
import { address } from '../state/address.js';

const FAILED: Message = [
  'Questa pagina non si può mostrare così. Scegliere un altro periodo o un’altra pagina.',
  'This page cannot be shown like this. Choose another period or another page.',
];

/** Holds what fails while it is drawn: the rest of the page stays, and says so. At another address it is tried again. */
export function Boundary({ children }: { readonly children: ComponentChildren }) {
  const [error, reset] = useErrorBoundary(reportError) as [unknown, () => void];
  const at = address.value;
  useEffect(reset, [at]);
  if (error === undefined) return <>{children}</>;
  return (
    <p class="notice notice-problem" role="alert">
      {say(FAILED)} <small lang="en">{problemDetail(error)}</small>
    </p>
  );
}
