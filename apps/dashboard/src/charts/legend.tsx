import { HIDDEN } from './incidence.js';
import { type ChartOption, type Series } from './option.js';

interface Key {
  readonly name: string;
  readonly colour: string;
  readonly dashed: boolean;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

function keyOf({ name, ...series }: Series): Key[] {
  if (typeof name !== 'string' || name.startsWith(HIDDEN)) return [];
  const { color, itemStyle, lineStyle } = series as {
    color?: unknown;
    itemStyle?: { color?: unknown };
    lineStyle?: { type?: unknown };
  };
  const colour = textOf(itemStyle?.color) ?? textOf(color);
  return colour === undefined ? [] : [{ name, colour, dashed: lineStyle?.type === 'dashed' }];
}

/** The series of a chart that have a name and a colour. */
export function legendKeys({ series = [] }: ChartOption): Key[] {
  return [series].flat().flatMap(keyOf);
}

/** Tells the colours apart, above the drawing, where it has room to wrap. */
export function Legend({ option }: { readonly option: ChartOption }) {
  const keys = legendKeys(option);
  if (keys.length < 2) return null;
  return (
    <ul class="legend" aria-hidden="true">
      {keys.map(({ name, colour, dashed }) => (
        <li>
          <span
            class={dashed ? 'legend-dashed' : ''}
            style={{ background: dashed ? 'none' : colour, borderColor: colour }}
          />
          {name}
        </li>
      ))}
    </ul>
  );
}
