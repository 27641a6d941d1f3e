import { FUNNEL_STAGES, type FunnelStage } from '#events';
import { type GroupKey, type JourneyQuestion, type OutcomeQuestion } from '#measures';
import { STOCK } from '../answers/figures.js';
import { invalidParameters, type ParameterFault } from './invalid-parameters.js';
import { type JourneysParameters } from './people-parameters.js';

/** What only makes sense of the entries of a stage. */
const OF_STAGES = ['returning', 'toStage', 'from', 'to'] as const;
const OF_OUTCOMES = ['outcome', 'minDelayDays', 'maxDelayDays', 'net'] as const;

/**
 * Which journeys are asked for.
 *
 * @throws ProblemError `invalid-parameter` for parameters that do not go together, with the ones at fault
 */
export function journeyQuestion(parameters: JourneysParameters): JourneyQuestion {
  const faults = [...faultsOfKind(parameters), ...faultsOfOutcome(parameters)];
  if (faults.length > 0) throw invalidParameters(faults);
  const { stage, status, returning } = parameters;
  if (status !== undefined) return { status };
  return { stage: stage!, returning: returning === 'true', towards: outcomeQuestion(parameters) };
}

function outcomeQuestion(parameters: JourneysParameters): OutcomeQuestion | undefined {
  const { toStage, outcome, minDelayDays, maxDelayDays, net } = parameters;
  if (toStage === undefined) return undefined;
  return {
    toStage,
    outcome,
    minDelayDays: numberOf(minDelayDays),
    maxDelayDays: numberOf(maxDelayDays),
    net: net === 'true',
  };
}

/** The question as its answer repeats it, defaults filled in. */
export function understoodQuestion(parameters: JourneysParameters) {
  const { stage, returning, toStage, outcome, minDelayDays, maxDelayDays, net, status } = parameters;
  return {
    stage: stage ?? null,
    returning: returning === 'true',
    toStage: toStage ?? null,
    outcome: outcome ?? null,
    minDelayDays: numberOf(minDelayDays) ?? null,
    maxDelayDays: numberOf(maxDelayDays) ?? null,
    net: net === 'true',
    status: status ?? null,
  };
}

const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

function faultsOfKind(parameters: JourneysParameters): ParameterFault[] {
  const { stage, status, groupBy } = parameters;
  if (stage !== undefined && status !== undefined) {
    return [{ parameter: 'status', detail: 'is asked for alone, without a stage' }];
  }
  if (status === undefined) {
    return stage === undefined
      ? [{ parameter: 'stage', detail: 'must be given, or else a status: the journeys behind which figure?' }]
      : [];
  }
  const own = (key: string) => STOCK.groupKeys.includes(key as GroupKey);
  const foreign = (['venue', 'mode', 'sa'] as const).filter((key) => parameters[key] !== undefined);
  return [
    ...OF_STAGES.filter((name) => parameters[name] !== undefined).map((parameter) => ({
      parameter,
      detail: 'goes with a stage: journeys in a status have no window, they are as they stand',
    })),
    ...foreign.map((parameter) => ({ parameter, detail: `a status is not kept by ${parameter}` })),
    ...((groupBy?.split(',').every(own) ?? true)
      ? []
      : [{ parameter: 'groupBy', detail: `a status is kept by ${STOCK.groupKeys.join(', ')}` }]),
  ];
}

function faultsOfOutcome(parameters: JourneysParameters): ParameterFault[] {
  const { stage, toStage, outcome, minDelayDays, maxDelayDays } = parameters;
  if (toStage === undefined) {
    return OF_OUTCOMES.filter((name) => parameters[name] !== undefined).map((parameter) => ({
      parameter,
      detail: 'needs toStage: an outcome is one towards a later stage',
    }));
  }
  const faults: ParameterFault[] = [];
  const place = FUNNEL_STAGES.indexOf(stage as FunnelStage);
  if (stage !== undefined && (place < 0 || place >= FUNNEL_STAGES.indexOf(toStage))) {
    const detail = `must come after stage in the funnel: ${FUNNEL_STAGES.join(', ')}; stage is ${stage}`;
    faults.push({ parameter: 'toStage', detail });
  }
  for (const parameter of ['minDelayDays', 'maxDelayDays'] as const) {
    if (parameters[parameter] === undefined || outcome === undefined || outcome === 'converted') continue;
    faults.push({ parameter, detail: `only those who converted have a delay, not those who are ${outcome}` });
  }
  if (minDelayDays !== undefined && maxDelayDays !== undefined && +minDelayDays > +maxDelayDays) {
    faults.push({ parameter: 'minDelayDays', detail: `must not be more than maxDelayDays, ${maxDelayDays}` });
  }
  return faults;
}
