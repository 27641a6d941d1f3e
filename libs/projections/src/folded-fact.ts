import { type FactName, type JsonObject, type KnownFact } from '#events';

/** A checked fact as the folds get it: its data in the newest form, and as it was sent. */
export type FoldedFact<N extends FactName = FactName> = {
  [K in N]: Omit<KnownFact<K>, 'stream' | 'revision'> & { readonly group: string; readonly sent: JsonObject };
}[N];
