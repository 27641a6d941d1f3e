import { type FactName, type JsonObject, type KnownFact } from '#events';

/** A checked fact as the folds get it: its data in the newest form, and as it was sent. */
export type FoldedFact<N extends FactName = FactName> = {
  [K in N]: Omit<KnownFact<K>, 'stream' | 'revision'> & { readonly group: string; readonly sent: JsonObject };
}[N];

/** @param sent the data of the fact as it stands in the log */
export function foldedFact(fact: KnownFact, sent: JsonObject, group: string): FoldedFact {
  // Written out: copying by spread takes several times as long, and every fact comes through here.
  const { name, data, type, source, id, subject, time, recorded, accepted, attributes, position } = fact;
  // A name and its data belong together in `fact`; taking the union apart loses that.
  return {
    name,
    data,
    type,
    source,
    id,
    subject,
    time,
    recorded,
    accepted,
    attributes,
    position,
    group,
    sent,
  } as FoldedFact;
}
