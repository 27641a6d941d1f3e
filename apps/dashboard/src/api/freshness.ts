import { effect, signal } from '@preact/signals';
import { hasRole } from './session.js';

const QUIET_MS = 2_000;

/** Grows when figures are to be asked for again, at most every two seconds. */
export const freshness = signal(0);
/** The last position that the server told. */
export const position = signal<string | null>(null);
export const connected = signal(false);

let timer: number | undefined;

function refreshSoon(): void {
  timer ??= window.setTimeout(() => {
    timer = undefined;
    freshness.value += 1;
  }, QUIET_MS);
}

/** Hears of new facts as long as the page is open and may read figures. */
export function followPosition(): void {
  effect(() => {
    if (!hasRole('analyst')) return undefined;
    const source = new EventSource('/v1/stream');
    source.addEventListener('open', () => (connected.value = true));
    source.addEventListener('error', () => (connected.value = false));
    source.addEventListener('position', ({ data }: MessageEvent<string>) => {
      const told = (JSON.parse(data) as { position: string }).position;
      if (position.peek() !== null && position.peek() !== told) refreshSoon();
      position.value = told;
    });
    return () => source.close();
  });
}
