import { type ValidateFunction } from 'ajv';
import { declarationOf, type EventTypeDeclaration } from './declaration/event-type.js';
import { type Field, fieldsOf, type JsonSchema } from './declaration/field.js';
import { compileAllErrors, compilePayload, payloadSchema } from './declaration/payload-schema.js';
import { type JsonObject } from './fact.js';
import { type FactName } from './fact-data.js';
import { EVENT_CLASSES } from './types/index.js';

/** One version of an event type with everything that follows from its declaration. */
export interface EventVersion extends Omit<EventTypeDeclaration, 'name'> {
  readonly name: FactName;
  readonly fullType: string;
  readonly payload: new () => object;
  readonly fields: readonly Field[];
  readonly schema: JsonSchema;
  /** Whether a value is a payload of this version. */
  readonly isPayload: ValidateFunction<JsonObject>;
  /** The same, with every reason in its `errors`: as many as the value has unknown properties. */
  readonly allErrors: ValidateFunction<JsonObject>;
}

const NONE: EventVersion[] = [];

/** The event types that a process knows, by full type. */
export class EventRegistry {
  private readonly byFullType = new Map<string, EventVersion>();
  private readonly newestByName = new Map<string, EventVersion>();

  /** @param classes payload classes in stage order, the versions of a type from the first on */
  constructor(private readonly classes: readonly (new () => object)[]) {
    for (const payload of classes) this.add(payload);
  }

  /** The version that a full type names: `it.mip.attended.v1`. */
  get(fullType: string): EventVersion | undefined {
    return this.byFullType.get(fullType);
  }

  /** The version in which facts of the type are read. */
  newest(name: string): EventVersion | undefined {
    return this.newestByName.get(name);
  }

  /** All versions of all types, in the order of their declaration. */
  versions(): EventVersion[] {
    return [...this.byFullType.values()];
  }

  /** The versions of the same type that came after one, oldest first. */
  laterThan(version: EventVersion): EventVersion[] {
    const newest = this.newestByName.get(version.name);
    if (newest === undefined || newest === version) return NONE;
    return this.versions().filter((one) => one.name === version.name && one.version > version.version);
  }

  /** A registry that knows further versions too. */
  extended(...classes: readonly (new () => object)[]): EventRegistry {
    return new EventRegistry([...this.classes, ...classes]);
  }

  private add(payload: new () => object): void {
    const declaration = declarationOf(payload);
    const { name, version } = declaration;
    const before = this.newestByName.get(name)?.version ?? 0;
    if (version !== before + 1) throw new Error(`${name}.v${version} is declared after v${before}`);
    const fullType = `it.mip.${name}.v${version}`;
    const schema = payloadSchema(payload);
    const entry: EventVersion = {
      ...declaration,
      name: name as FactName,
      fullType,
      payload,
      fields: fieldsOf(payload),
      schema,
      isPayload: compilePayload(schema),
      allErrors: compileAllErrors(schema),
    };
    this.byFullType.set(fullType, entry);
    this.newestByName.set(name, entry);
  }
}

/** The event types of the programme. */
export const EVENT_TYPES = new EventRegistry(EVENT_CLASSES);

/** The short name in a full type: `attended` of `it.mip.attended.v1`; undefined for a type that is not known. */
export function typeName(type: string): FactName | undefined {
  return EVENT_TYPES.get(type)?.name;
}

/** The full type of a name in its newest version, the one that new events are sent with. */
export function fullType(name: FactName): string {
  const newest = EVENT_TYPES.newest(name);
  if (!newest) throw new RangeError(`no event type is named ${name}`);
  return newest.fullType;
}

/**
 * The codes that a property of a payload may hold, in their order: `codesOf('registered', 'profile', 'education')`.
 *
 * @throws RangeError when there is no such property or it holds no codes of a closed list
 */
export function codesOf(name: FactName, ...path: readonly string[]): readonly string[] {
  let fields: readonly Field[] = EVENT_TYPES.newest(name)?.fields ?? [];
  let found: Field | undefined;
  for (const property of path) {
    found = fields.find((one) => one.property === property);
    fields = found?.fields ?? [];
  }
  if (found?.kind !== 'one-of') throw new RangeError(`${name} has no codes at ${path.join('.')}`);
  return found.schema['enum'] as string[];
}
