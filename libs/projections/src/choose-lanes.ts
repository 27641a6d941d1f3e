import { type Catalogue, parseCatalogue } from '#catalogue';
import { type Lease, type ModelIdentity, type ModelInfo, type ReadModelStore } from '#read-models';
import { Lane, OvertakenError } from './lane.js';
import { type Projection } from './projection.js';

/** Which lanes a runner goes along the log with. Each list has bases before those that fold over them. */
export interface ChosenLanes {
  /** Into models that serve. */
  readonly serving: readonly Lane[];
  /** Into models that are to take over, and those that wait for such a base. */
  readonly building: readonly Lane[];
}

export interface LaneChoice {
  readonly store: ReadModelStore;
  readonly projections: readonly Projection[];
  readonly catalogue: Catalogue;
  /** What allows this runner to let models serve and go. */
  readonly lease: Lease;
}

/**
 * Opens the models that the projections want: of their version, with this catalogue, of the latest generation. One
 * that has no predecessor serves at once; else it is built beside the one that serves. That one is kept up to date
 * where the projections can still write it, which is when only the catalogue changed.
 */
export async function chooseLanes(choice: LaneChoice): Promise<ChosenLanes> {
  const models = await choice.store.models();
  const serving: Lane[] = [];
  const building: Lane[] = [];
  for (const projection of choice.projections) {
    const waits = isBuilding(building, projection.history);
    const old = models.find(({ projection: name, state }) => name === projection.name && state === 'serving');
    const wanted = wantedIdentity(choice, projection, models);
    const lane = await openLane(choice, projection, wanted, old === undefined);
    const isNew = old !== undefined && old.id !== lane.info.id;
    if (isNew || waits) building.push(lane);
    else serving.push(lane);
    const canBeKept = isNew && old.version === projection.version;
    if (canBeKept && (projection.name === projection.history || isServing(serving, projection.history))) {
      serving.push(await openLane(choice, projection, old));
    }
  }
  return { serving, building };
}

/** New models of all projections, of the generation after the latest. */
export async function nextGeneration(choice: LaneChoice): Promise<readonly Lane[]> {
  const models = await choice.store.models();
  const lanes: Lane[] = [];
  for (const projection of choice.projections) {
    const latest = wantedIdentity(choice, projection, models);
    lanes.push(await openLane(choice, projection, { ...latest, generation: (latest.generation ?? 0) + 1 }));
  }
  return lanes;
}

/**
 * Removes the models that nobody will write or read any more: the retired ones, and those that were being built for
 * another version or catalogue.
 *
 * @returns their ids
 * @throws OvertakenError when another runner has the lease
 */
export async function dropUnwanted(choice: LaneChoice): Promise<string[]> {
  const models = await choice.store.models();
  const unwanted = models.filter((model) => {
    if (model.state !== 'building') return model.state === 'retired';
    const projection = choice.projections.find(({ name }) => name === model.projection);
    if (!projection) return false;
    return !isSame(model, wantedIdentity(choice, projection, models));
  });
  for (const { id } of unwanted) {
    if (!(await choice.store.drop(id, choice.lease))) throw new OvertakenError(id);
  }
  return unwanted.map(({ id }) => id);
}

const isBuilding = (lanes: readonly Lane[], name: string) =>
  lanes.some(({ projection }) => projection.name === name);
const isServing = isBuilding;

function isSame(a: ModelIdentity, b: ModelIdentity): boolean {
  return (
    a.version === b.version &&
    a.catalogueDigest === b.catalogueDigest &&
    (a.generation ?? 0) === (b.generation ?? 0)
  );
}

function wantedIdentity(
  { catalogue }: LaneChoice,
  projection: Projection,
  models: readonly ModelInfo[],
): ModelIdentity {
  const { name, version } = projection;
  const catalogueDigest = catalogue.digest;
  const generations = models
    .filter((model) => model.projection === name && model.state !== 'retired')
    .filter((model) => model.version === version && model.catalogueDigest === catalogueDigest)
    .map(({ generation = 0 }) => generation);
  return { projection: name, version, catalogueDigest, generation: Math.max(0, ...generations) };
}

async function openLane(
  { store, catalogue, lease }: LaneChoice,
  projection: Projection,
  identity: ModelIdentity,
  servesAtOnce = false,
): Promise<Lane> {
  const isOurs = identity.catalogueDigest === catalogue.digest;
  const model = await store.open(identity, projection.form, catalogue.json);
  if (servesAtOnce && !(await store.serve(model.id, lease))) throw new OvertakenError(model.id);
  const info = (await store.models()).find(({ id }) => id === model.id)!;
  return new Lane(projection, isOurs ? catalogue : parseCatalogue(info.catalogue), model, info);
}
