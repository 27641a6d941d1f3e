/** What a person does to look elsewhere. */
const ACTS = ['wheel', 'touchstart', 'keydown', 'pointerdown'] as const;

const settled = () =>
  document.querySelector('[aria-busy="true"], [data-drawn="false"]') === null &&
  document.querySelector('main h1') !== null;

/**
 * Leads to the card that a link names. Cards come and grow as their answers do, so it is held in view until all stand,
 * or until the person looks elsewhere; then the focus is on it.
 *
 * @param id of the card; nothing happens when it is empty or no card has it
 */
export function followHash(id: string): void {
  if (id === '') return;
  const over = new AbortController();
  const target = () => document.getElementById(id);
  const hold = () => target()?.scrollIntoView({ block: 'start', behavior: 'instant' });
  const sizes = new ResizeObserver(hold);
  sizes.observe(document.body);
  const changes = new MutationObserver(() => {
    if (!settled() || !target()) return;
    requestAnimationFrame(() => {
      if (over.signal.aborted || !settled()) return;
      end();
      hold();
      target()!.tabIndex = -1;
      target()!.focus({ preventScroll: true });
    });
  });
  changes.observe(document.body, { subtree: true, childList: true, attributes: true });
  for (const act of ACTS) window.addEventListener(act, end, { signal: over.signal, passive: true });

  function end(): void {
    over.abort();
    sizes.disconnect();
    changes.disconnect();
  }
}
