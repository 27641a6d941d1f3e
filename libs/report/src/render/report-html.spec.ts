import { LINE_OVER_COLUMNS, PRINTED_OTHERWISE, reportOf } from '../small-report.fixture.js';
import { chartOf } from './chart/chart.js';
import { widthOfText } from './chart/scale.js';
import { STYLE } from './page/style.js';
import { reportAsHtml } from './report-html.js';

const page = reportAsHtml(reportOf(PRINTED_OTHERWISE));

/** Relative luminance of a colour (WCAG 2.2). */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

const contrast = (a: string, b: string) => {
  const [dark, light] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (light! + 0.05) / (dark! + 0.05);
};

describe('the page of the report', () => {
  it('writes nothing in a colour that is hard to read', () => {
    const colours = [...STYLE.matchAll(/[ {;]color: (#[0-9a-f]{6})/g)].map(([, colour]) => colour!);
    expect(colours.length).toBeGreaterThan(5);
    const pale = colours.filter((colour) => ['#ffffff', '#f3f6f9'].some((on) => contrast(colour, on) < 4.5));
    expect(pale).toEqual([]);
  });

  it('has all of its sections within its landmarks', () => {
    const outside = page
      .replace(/<head>.*?<\/head>/s, '')
      .replace(/<(main|nav|header)\b.*?<\/\1>/gs, '')
      .match(/<section/g);
    expect(outside).toBeNull();
    expect(page.match(/<section/g)).toHaveLength(2);
  });

  it('leads from a number of people to the page that shows them, not within a frame', () => {
    const linked = reportOf({
      ...PRINTED_OTHERWISE,
      rows: PRINTED_OTHERWISE.rows.map((row) => ({ ...row, cells: { ...row.cells, people: 8 } })),
      sources: [{ kind: 'figure', href: '/v1/funnel/monthly?stage=saChosen&groupBy=sa' }],
    });
    const links = [...reportAsHtml(linked).matchAll(/<a href="(\/[^"]*)" target="(.*?)">(.*?)</g)];
    expect(links.map(([, href, ...others]) => [href!.replaceAll('&amp;', '&'), ...others])).toEqual([
      ['/journeys?stage=attended&territory=TO&mode=online&toStage=none&lang=it', '_top', '8'],
      ['/v1/funnel/monthly?stage=saChosen&groupBy=sa', '_top', 'Dati (scelta del SA, SA)'],
    ]);
  });

  it('shows a printed figure with the decimals that were printed', () => {
    const cells = [
      ...page.matchAll(/<th scope="row">(whole|one|two|count)<\/th><td>(.*?)<\/td><td>(.*?)<\/td>/g),
    ];
    expect(cells.map(([, label, printed, computed]) => [label, printed, computed])).toEqual([
      ['whole', '12%', '11,37%'],
      ['one', '−87,2%', '−87,20%'],
      ['two', '15,43%', '15,51%'],
      ['count', '1.119', '1.106'],
    ]);
  });
});

interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where the texts of a chart stand. */
function boxesOf(svg: string): Box[] {
  return [...svg.matchAll(/<text x="([\d.-]+)" y="([\d.-]+)"([^>]*)>([^<]*)</g)].map(
    ([, x, y, attributes, text]) => {
      const size = Number(/font-size="([\d.]+)"/.exec(attributes!)?.[1] ?? 11);
      const anchor = /text-anchor="(\w+)"/.exec(attributes!)![1]!;
      const width = widthOfText(text!, size);
      const left = Number(x) - width * { start: 0, middle: 0.5, end: 1 }[anchor]!;
      return {
        text: text!,
        left,
        right: left + width,
        top: Number(y) - size / 2,
        bottom: Number(y) + size / 2,
      };
    },
  );
}

describe('a chart with a line over its columns', () => {
  const svg = chartOf(LINE_OVER_COLUMNS, 'it').markup;

  it('has no number on top of another, and the line crosses none of the columns', () => {
    const boxes = boxesOf(svg);
    expect(boxes.map(({ text }) => text)).toEqual(expect.arrayContaining(['79', '103', '31', '25']));
    const collisions = boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map((b) => [a.text, b.text]),
    );
    expect(collisions).toEqual([]);
    const columnTops = [...svg.matchAll(/<rect x="[\d.]+" y="([\d.]+)"[^>]*height="(?!10")/g)].map(([, y]) =>
      Number(y),
    );
    const lineYs = /<path d="(M[^"z]*)" fill="none"/
      .exec(svg)![1]!
      .split(/[ML]/)
      .slice(1)
      .map((point) => Number(point.split(' ')[1]));
    expect(Math.max(...lineYs)).toBeLessThan(Math.min(...columnTops));
  });

  it('says what its axes count', () => {
    expect(svg.match(/>People</g)).toHaveLength(2);
  });
});
