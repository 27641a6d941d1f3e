import { createHash } from 'node:crypto';
import { type Day, isoDay } from '#calendar';
import { canonicalJson } from './canonical-json.js';
import {
  type CatalogueEntry,
  type Cycle,
  type DayRange,
  type Sa,
  type Suspension,
  type SuspendableStage,
  type Territory,
  type Venue,
} from './catalogue-entries.js';

/** The programme's lists, in the order of its file. */
export interface CatalogueLists {
  readonly territories: readonly Territory[];
  readonly venues: readonly Venue[];
  readonly sas: readonly Sa[];
  readonly cycles: readonly Cycle[];
  readonly suspensions: readonly Suspension[];
}

const holds = (range: { readonly from?: Day; readonly to?: Day }, day: Day) =>
  (range.from === undefined || range.from <= day) && (range.to === undefined || day < range.to);

const byCode = <E extends { readonly code: string }>(entries: readonly E[]) =>
  new Map(entries.map((entry) => [entry.code, entry]));

/** The validated programme: what its codes are, which cycles it runs in and when which service was closed. */
export class Catalogue implements CatalogueLists {
  readonly territories: readonly Territory[];
  readonly venues: readonly Venue[];
  readonly sas: readonly Sa[];
  readonly cycles: readonly Cycle[];
  readonly suspensions: readonly Suspension[];
  /** The file in RFC 8785 canonical form; `parseCatalogue` reads an equal catalogue from it. */
  readonly json: string;
  /** SHA-256 of `json` in hex: the same for the same content, whatever the order of keys and the white space. */
  readonly digest: string;
  private readonly territoryByCode: ReadonlyMap<string, Territory>;
  private readonly venueByCode: ReadonlyMap<string, Venue>;
  private readonly saByCode: ReadonlyMap<string, Sa>;

  /** Takes lists that were validated: `parseCatalogue` and `loadCatalogue` do that. */
  constructor(lists: CatalogueLists) {
    this.territories = lists.territories;
    this.venues = lists.venues;
    this.sas = lists.sas;
    this.cycles = lists.cycles;
    this.suspensions = lists.suspensions;
    this.territoryByCode = byCode(lists.territories);
    this.venueByCode = byCode(lists.venues);
    this.saByCode = byCode(lists.sas);
    this.json = canonicalJson(this.describe());
    this.digest = createHash('sha256').update(this.json).digest('hex');
  }

  territory(code: string): Territory | undefined {
    return this.territoryByCode.get(code);
  }

  venue(code: string): Venue | undefined {
    return this.venueByCode.get(code);
  }

  sa(code: string): Sa | undefined {
    return this.saByCode.get(code);
  }

  /** The programme cycle that holds the day; there is at most one. */
  cycleOf(day: Day): Cycle | undefined {
    return this.cycles.find((cycle) => holds(cycle, day));
  }

  /** Whether the entry may be used for something that happened on the day. */
  validOn(entry: CatalogueEntry, day: Day): boolean {
    return holds({ from: entry.validFrom, to: entry.validTo }, day);
  }

  /** Whether the service of the stage was closed on the day. */
  isSuspended(stage: SuspendableStage, day: Day): boolean {
    return this.suspensions.some((suspension) => suspension.stage === stage && holds(suspension, day));
  }

  /** The catalogue as plain JSON in the form of its file, days as `YYYY-MM-DD`. */
  describe() {
    return {
      territories: this.territories.map(({ code, name, ...rest }) => ({ code, name, ...validity(rest) })),
      venues: this.venues.map(({ code, name, territory, mode, ...rest }) => ({
        code,
        name,
        territory,
        mode,
        ...validity(rest),
      })),
      sas: this.sas.map(({ code, name, territory, ...rest }) => ({
        code,
        name,
        territory,
        ...validity(rest),
      })),
      cycles: this.cycles.map((cycle) => ({ code: cycle.code, ...isoRange(cycle) })),
      suspensions: this.suspensions.map((one) => ({
        stage: one.stage,
        from: isoDay(one.from),
        to: isoDay(one.to),
      })),
    };
  }
}

function isoRange(range: DayRange) {
  return { from: isoDay(range.from), ...(range.to === undefined ? {} : { to: isoDay(range.to) }) };
}

function validity(entry: { readonly validFrom?: Day; readonly validTo?: Day }) {
  return {
    ...(entry.validFrom === undefined ? {} : { validFrom: isoDay(entry.validFrom) }),
    ...(entry.validTo === undefined ? {} : { validTo: isoDay(entry.validTo) }),
  };
}
