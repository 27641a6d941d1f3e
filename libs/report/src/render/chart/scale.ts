const STEPS = [1, 2, 2.5, 5, 10];
const MOST_STEPS = 6;

/** Round whole numbers from 0 to at least `most`, in at most so many steps. */
export function ticksTo(most: number, mostSteps = MOST_STEPS): number[] {
  if (!(most > 0)) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(most / mostSteps));
  const steps = STEPS.map((step) => step * power);
  const step = steps.find((one) => most / one <= mostSteps && Number.isInteger(one)) ?? 1;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}

/** How wide a text will be, in the unit of its size: the letters of the page's font are some 0.55 of it wide. */
export const widthOfText = (text: string, size: number) => text.length * size * 0.55;
