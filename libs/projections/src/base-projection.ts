import { EVENT_TYPES, type FactName, groupOf, type Placed, STAGE_ORDER, type SubjectKind } from '#events';
import { factCells } from './fact-rows.js';
import { FACT_FORM, type ProjectionName } from './forms.js';
import { type Fold, type Projection } from './projection.js';
import { retractionTarget } from './retraction-target.js';

const keepFact: Fold<FactName> = (fact) => [factCells(fact, null)];

const keepRetraction: Fold<'retracted'> = (retraction, earlier) => [
  factCells(retraction, retractionTarget(retraction, earlier).position),
];

/** All types whose subject is of one kind. */
export function namesAbout(kind: SubjectKind): FactName[] {
  return STAGE_ORDER.filter((name) => EVENT_TYPES.newest(name)?.subject === kind);
}

/**
 * A projection that keeps every fact of some types, one row each, and with them their retractions.
 *
 * @param group what the name of a fact's group begins with: `journey-`
 */
export function baseProjection(
  name: ProjectionName,
  group: string,
  names: readonly FactName[],
  version = 1,
): Projection {
  const isAboutSubjects = names.some((one) => EVENT_TYPES.newest(one)?.subject !== 'none');
  return {
    name,
    version,
    form: FACT_FORM,
    // A retraction without subject stands in the stream of its own day, apart from what it takes back.
    categories: isAboutSubjects ? [group] : [group, 'retracted-'],
    history: name,
    recalls: new Set<FactName>(['retracted']),
    folds: { ...Object.fromEntries(names.map((one) => [one, keepFact])), retracted: keepRetraction },
    key: (fact: Placed) => {
      const full = groupOf(fact);
      return full.startsWith(group) ? (fact.subject ?? full) : undefined;
    },
  };
}
