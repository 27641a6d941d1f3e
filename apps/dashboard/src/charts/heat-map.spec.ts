import { hatchLines, heatColour } from './heat-map.js';

describe('hatchLines', () => {
  it.each([
    { x: 10, y: 20, width: 40, height: 28 },
    { x: 0, y: 0, width: 20, height: 60 },
    { x: 5, y: 5, width: 7, height: 7 },
  ])('slants from edge to edge and stays inside %o', ({ x, y, width, height }) => {
    const lines = hatchLines({ x, y, width, height });
    expect(lines.length).toBe(Math.ceil((width + height) / 7) - 1);
    for (const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] of lines) {
      // From the upper or right edge down to the left or lower one, at 45 degrees.
      expect(y1 === y || x1 === x + width).toBe(true);
      expect(x2 === x || y2 === y + height).toBe(true);
      expect(x1 - x2).toBeCloseTo(y2 - y1);
      for (const one of [x1, x2]) expect(one >= x && one <= x + width).toBe(true);
      for (const one of [y1, y2]) expect(one >= y && one <= y + height).toBe(true);
    }
  });
});

describe('heatColour', () => {
  it('goes from pale to dark', () => {
    const light = (value: number) =>
      heatColour(value)
        .match(/\d+/g)!
        .reduce((sum, one) => sum + Number(one), 0);
    expect([0, 0.25, 0.5, 1].map(light)).toEqual([...[0, 0.25, 0.5, 1].map(light)].sort((a, b) => b - a));
    expect(heatColour(0)).toBe('rgb(233, 243, 252)');
    expect(heatColour(1)).toBe('rgb(0, 61, 122)');
  });
});
