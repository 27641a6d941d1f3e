/** What the format allows. */
const LONGEST = 31;
const FORBIDDEN = /[\\/?*[\]:]/g;

/** A name for each sheet that is allowed and no other has, upper and lower case being the same. */
export function sheetNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const allowed = name.replace(FORBIDDEN, ' ').replace(/\s+/g, ' ').trim();
    for (let count = 1; ; count++) {
      const tail = count === 1 ? '' : ` ${count}`;
      const sheet = `${cut(allowed, LONGEST - tail.length)}${tail}`;
      if (taken.has(sheet.toLowerCase())) continue;
      taken.add(sheet.toLowerCase());
      return sheet;
    }
  });
}

/** At the end of a word where that does not cost half of it. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const space = text.lastIndexOf(' ', length);
  return text.slice(0, space > length / 2 ? space : length).replace(/[\s,]+$/, '');
}
