/** HTML or SVG that is written already: its text is escaped. */
export interface Markup {
  readonly markup: string;
}

type Attributes = Readonly<Record<string, string | number | undefined>>;
export type Content = Markup | string | undefined | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** Elements that have no end tag in HTML. */
const VOID = new Set(['meta']);

/** An element; attributes that are undefined are left out, and texts are escaped wherever they come from. */
export function element(name: string, attributes: Attributes, ...content: readonly Content[]): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const start = `<${name}${written.join('')}>`;
  return { markup: VOID.has(name) ? start : `${start}${markupOf(content)}</${name}>` };
}

/** Text that is no markup, escaped, and markup as it is, one after the other. */
export function markupOf(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return escaped(content);
  return 'markup' in content ? content.markup : content.map(markupOf).join('');
}
