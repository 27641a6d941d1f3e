/** What a kind of finding is called: its code in words, until the description beside it tells the rest. */
export function findingName({ kind }: { readonly kind: string }): string {
  const words = kind
    .replaceAll(/[-_]/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
