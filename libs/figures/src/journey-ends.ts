import { type Instant } from '#calendar';
import { type FactName, type FunnelStage, STAGE_ORDER, stageOf } from '#events';
import { type Bounds } from './cut-offs.js';
import { type JourneyColumns } from './journey-columns.js';

const indexOf = (name: FactName) => STAGE_ORDER.indexOf(name);
const ABANDONED = indexOf('abandoned');
const NOT_ADMISSIBLE = indexOf('not-admissible');
/** Facts of the types below give a journey its status. */
const STATUSES = STAGE_ORDER.findIndex((name) => stageOf(name) === undefined);

/** How far each journey had come at some cut-offs. */
export interface JourneyEnds {
  /** When it last reached the stage; −Infinity where it never did. So it did after an entry that is not later. */
  readonly reached: Float64Array;
  /** 1 where its last status fact says that it was lost. */
  readonly lost: Uint8Array;
}

/** Reads all journeys once, whether or not they are members of a cohort. */
export function journeyEnds(
  columns: JourneyColumns,
  stage: FunnelStage,
  cut: Pick<Bounds, 'until' | 'knownAt'>,
): JourneyEnds {
  const { name, time, journeys } = columns.facts;
  const index = STAGE_ORDER.findIndex((one) => stageOf(one) === stage);
  const reached = new Float64Array(journeys.size).fill(-Infinity);
  const lost = new Uint8Array(journeys.size);
  columns.forEach(cut, (journey, rows, count) => {
    for (let i = 0; i < count; i++) {
      const type = name[rows[i]!]!;
      if (type >= STATUSES) continue;
      if (type === index) reached[journey] = time[rows[i]!]!;
      lost[journey] = Number(type === ABANDONED || type === NOT_ADMISSIBLE);
    }
  });
  return { reached, lost };
}

/** Whether somebody who entered then had reached the stage. */
export const hadReached = ({ reached }: JourneyEnds, journey: number, entered: Instant): boolean =>
  reached[journey]! >= entered;
