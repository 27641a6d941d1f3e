import { type JsonObject } from '../fact.js';

/** Whose id an event's subject is; a retraction has the subject of the event that it takes back, or none. */
export type SubjectKind = 'journey' | 'meeting' | 'none' | 'target';

export interface EventTypeDeclaration {
  readonly name: string;
  readonly version: number;
  readonly subject: SubjectKind;
  readonly meaning: string;
  /** A payload as the documentation shows it. */
  readonly example: JsonObject;
  /** Of a version after the first: makes a payload of the version before into one of this version. */
  readonly upcast?: (before: JsonObject) => JsonObject;
}

const declarations = new WeakMap<object, EventTypeDeclaration>();

/** Declares a payload class as one version of an event type. */
export function EventType(declaration: EventTypeDeclaration): ClassDecorator {
  return (payload) => {
    if (declaration.version > 1 !== (declaration.upcast !== undefined)) {
      throw new Error(
        `${declaration.name}.v${declaration.version}: every version after the first has an upcaster`,
      );
    }
    declarations.set(payload, declaration);
  };
}

/** The declaration of a payload class. Throws for a class that is no event type. */
export function declarationOf(payload: new () => object): EventTypeDeclaration {
  const declaration = declarations.get(payload);
  if (!declaration) throw new Error(`${payload.name} is not declared as an event type`);
  return declaration;
}
