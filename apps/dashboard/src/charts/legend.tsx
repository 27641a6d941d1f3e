import { type Key, KEY_HEIGHT, type KeyMark, keyMarks, keyWidth } from './keys.js';

function MarkPicture({ mark }: { readonly mark: KeyMark }) {
  switch (mark.kind) {
    case 'rect': {
      const [x, y, width, height] = mark.box;
      const border = mark.stroke
        ? { stroke: mark.stroke, 'stroke-dasharray': mark.dashed ? '3 2' : undefined }
        : {};
      return <rect x={x} y={y} width={width} height={height} fill={mark.fill} {...border} />;
    }
    case 'circle':
      return <circle cx={9} cy={7} r={6} fill={mark.fill} />;
    case 'polygon':
      return (
        <polygon points={mark.points.join(' ')} fill={mark.fill} stroke={mark.stroke} stroke-width={2} />
      );
    case 'line': {
      const [x1, y1, x2, y2] = mark.ends;
      const dash = mark.dashed ? '5 3' : undefined;
      return (
        <line
          x1={x1}
          y1={y1}
          x2={x2}
          y2={y2}
          stroke={mark.stroke}
          stroke-width={mark.width}
          stroke-dasharray={dash}
        />
      );
    }
  }
}

/** Tells the marks apart, above the drawing, where it has room to wrap. One colour alone needs no key. */
export function Legend({ keys }: { readonly keys: readonly Key[] }) {
  if (keys.length < 2) return null;
  return (
    <ul class="legend" aria-hidden="true">
      {keys.map((key) => (
        <li>
          <svg width={keyWidth(key)} height={KEY_HEIGHT} overflow="visible">
            {keyMarks(key).map((mark) => (
              <MarkPicture mark={mark} />
            ))}
          </svg>
          {key.name}
        </li>
      ))}
    </ul>
  );
}
