import { type CustomSeriesRenderItem } from 'echarts/types/dist/shared';
import { type Series } from './option.js';
import { COLOURS } from './palette.js';

export interface HeatCell {
  readonly column: number;
  readonly row: number;
  /** From 0 to 1. */
  readonly value: number;
  readonly label: string;
  /** Cells that may still change are hatched. */
  readonly hatched: boolean;
}

const LIGHT = [233, 243, 252] as const;
const DARK = [0, 61, 122] as const;
const HATCH_GAP = 7;
/** How large the number of a cell of this width is; 0 where it has no room for it. */
const labelSize = (width: number): number => (width >= 26 ? 12 : width >= 15 ? 10 : 0);

/** From pale to dark blue. */
export function heatColour(value: number): string {
  const mixed = LIGHT.map((light, index) => Math.round(light + (DARK[index]! - light) * value));
  return `rgb(${mixed.join(', ')})`;
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Slanted lines over a rectangle, from edge to edge. */
export function hatchLines({ x, y, width, height }: Rectangle): number[][] {
  const lines: number[][] = [];
  for (let start = HATCH_GAP; start < width + height; start += HATCH_GAP) {
    const fromX = Math.min(start, width);
    const toX = Math.max(start - height, 0);
    lines.push([x + fromX, y + start - fromX, x + toX, y + start - toX]);
  }
  return lines;
}

/** Coloured cells in a grid of two axes of names. */
export function heatSeries(name: string, cells: readonly HeatCell[]): Series {
  const renderItem: CustomSeriesRenderItem = (parameters, api) => {
    const cell = cells[parameters.dataIndex]!;
    const [centreX = 0, centreY = 0] = api.coord([cell.column, cell.row]);
    const [cellWidth = 0, cellHeight = 0] = api.size!([1, 1]) as number[];
    const width = cellWidth - 1;
    const height = cellHeight - 1;
    const shape = { x: centreX - width / 2, y: centreY - height / 2, width, height };
    const ink = cell.value > 0.45 ? '#fff' : COLOURS.text;
    const hatching = cell.hatched ? hatchLines(shape) : [];
    return {
      type: 'group',
      children: [
        { type: 'rect', shape, style: { fill: heatColour(cell.value) } },
        ...hatching.map(([x1, y1, x2, y2]) => ({
          type: 'line' as const,
          shape: { x1, y1, x2, y2 },
          style: {
            stroke: cell.value > 0.45 ? 'rgba(255,255,255,0.45)' : 'rgba(23,50,77,0.35)',
            lineWidth: 1,
          },
          silent: true,
        })),
        {
          type: 'text',
          silent: true,
          style: {
            text: labelSize(width) > 0 ? cell.label : '',
            x: centreX,
            y: centreY,
            fill: ink,
            align: 'center',
            verticalAlign: 'middle',
            fontSize: labelSize(width),
          },
        },
      ],
    };
  };
  return {
    type: 'custom',
    name,
    renderItem,
    data: cells.map(({ column, row, value }) => [column, row, value]),
  };
}
