import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { dayName } from '../i18n/format.js';
import { type Message, say } from '../i18n/language.js';
import { change } from '../state/address.js';
import { period, span, today } from '../state/period.js';
import { recordedDays, stopOf } from '../state/recorded-days.js';

const KNOWN_AT: Message = ['Come era noto il', 'As it was known on'];
const NOW: Message = ['oggi (tutto ciò che è noto)', 'today (all that is known)'];
const EXACT: Message = ['Data esatta', 'Exact date'];
const BACK: Message = ['Torna a oggi', 'Back to today'];
/** The charts follow the hand when it rests for so long. */
const REST_MS = 120;

/** Moves all charts to what was recorded by a day of the past. */
export function KnownAtSlider() {
  const id = useId();
  const timer = useRef<number | undefined>(undefined);
  const { knownAt } = period.value;
  const [moving, setMoving] = useState<number>();
  useEffect(() => () => clearTimeout(timer.current), []);
  if (!span.value) return null;
  const stops = recordedDays(span.value, today());
  const stop = moving ?? stopOf(stops, knownAt);
  const day = moving === undefined ? knownAt : (stops[moving] ?? null);
  const told = day === null ? say(NOW) : dayName(day.slice(0, 10));
  const move = (index: number) => {
    setMoving(index);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      setMoving(undefined);
      change({ knownAt: stops[index] ?? null }, 'replace');
    }, REST_MS);
  };
  return (
    <div class="known-at">
      <label for={id}>
        {say(KNOWN_AT)} <strong>{told}</strong>
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={stops.length - 1}
        value={stop}
        aria-valuetext={told}
        onInput={({ currentTarget }) => move(Number(currentTarget.value))}
      />
      <div class="known-at-exact">
        <input
          type="date"
          aria-label={`${say(KNOWN_AT)}: ${say(EXACT)}`}
          value={knownAt?.slice(0, 10) ?? ''}
          max={today()}
          onChange={({ currentTarget }) => change({ knownAt: currentTarget.value || null })}
        />
        <button
          type="button"
          class="button-link"
          disabled={knownAt === null}
          onClick={() => change({ knownAt: null })}
        >
          {say(BACK)}
        </button>
      </div>
    </div>
  );
}
