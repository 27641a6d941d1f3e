import 'reflect-metadata';
import { ValidateIf } from 'class-validator';

/** A JSON schema, as far as the declarations of this room write one. */
export interface JsonSchema {
  [keyword: string]: unknown;
}

/** What a value stands for. The catalogue's codes and the year of birth are checked against more than their form. */
export type FieldKind =
  | 'territory'
  | 'venue'
  | 'sa'
  | 'count'
  | 'birth-year'
  | 'one-of'
  | 'subject'
  | 'instant'
  | 'day'
  | 'flag'
  | 'source'
  | 'id'
  | 'full-type'
  | 'nested';

/** One property of a payload, as its decorators declare it. */
export interface Field {
  readonly property: string;
  readonly meaning: string;
  /** The allowed values in words, for messages and the documentation. */
  readonly form: string;
  readonly kind: FieldKind;
  readonly optional: boolean;
  readonly schema: JsonSchema;
  /** Of a nested payload: its class. */
  readonly nested?: new () => object;
  /** Of a nested payload: its fields. */
  readonly fields: readonly Field[];
}

type Declared = { -readonly [K in keyof Field]?: Field[K] };

const declared = new WeakMap<object, Map<string, Declared>>();

function part(target: object, property: string): Declared {
  const fields = declared.get(target) ?? new Map<string, Declared>();
  declared.set(target, fields);
  const field = fields.get(property) ?? { property };
  fields.set(property, field);
  return field;
}

/** A property decorator that declares a field and applies the class-validator decorators that say the same. */
export function field(
  declaration: Pick<Field, 'kind' | 'meaning' | 'form' | 'schema' | 'nested'>,
  rules: readonly PropertyDecorator[],
): PropertyDecorator {
  return (target, property) => {
    Object.assign(part(target, String(property)), declaration);
    for (const rule of rules) rule(target, property);
  };
}

/** The property may be left out. It may not be null: `IsOptional` would let that pass. */
export function Optional(): PropertyDecorator {
  return (target, property) => {
    part(target, String(property)).optional = true;
    ValidateIf((_object, value) => value !== undefined)(target, property);
  };
}

/** The fields of a payload class in the order of their declaration. */
export function fieldsOf(payload: new () => object): Field[] {
  const fields = declared.get(payload.prototype as object) ?? new Map<string, Declared>();
  return [...fields.values()].map((one) => {
    const { property = '', kind, schema, meaning = '', form = '', optional = false, nested } = one;
    if (!kind || !schema) throw new Error(`${payload.name}.${property} is marked optional but not declared`);
    const inner = nested ? fieldsOf(nested) : [];
    return { property, kind, schema, meaning, form, optional, nested, fields: inner };
  });
}
