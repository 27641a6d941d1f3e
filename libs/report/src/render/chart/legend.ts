import { type Language, type Series } from '../../document.js';
import { wordIn } from '../../words.js';
import { type Markup } from '../markup.js';
import { colourOf, diamond, FONT, label, rect, WIDTH } from './drawing.js';
import { widthOfText } from './scale.js';

const LINE = 18;
const MARK = 16;
const GAP = 18;

/** The legend over a chart, in as many lines as it needs, and how high it is. */
export function legendOf(series: readonly Series[], lang: Language): { marks: Markup[]; height: number } {
  let [x, y] = [0, LINE / 2];
  const marks = series.flatMap((one, index) => {
    const isRight = one.axis === 'right';
    const name = isRight ? `${one.label} (${wordIn(lang, 'page.rightAxis')})` : one.label;
    const width = MARK + widthOfText(name, FONT) + GAP;
    if (x > 0 && x + width > WIDTH) [x, y] = [0, y + LINE];
    const mark = isRight ? diamond(x + 5, y, colourOf(index)) : rect(x, y - 5, 10, 10, colourOf(index));
    const text = label(x + MARK, y, name);
    x += width;
    return [mark, text];
  });
  return { marks, height: y + LINE };
}
