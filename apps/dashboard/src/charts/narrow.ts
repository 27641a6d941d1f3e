import { signal } from '@preact/signals';

const query = typeof matchMedia === 'function' ? matchMedia('(max-width: 639px)') : undefined;

/** Whether the window is as narrow as a phone; what reads it is drawn anew when the window is resized or turned. */
export const narrow = signal(query?.matches ?? false);
query?.addEventListener('change', ({ matches }) => {
  narrow.value = matches;
});
