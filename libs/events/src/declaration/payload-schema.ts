import { parseDay, parseInstant } from '#calendar';
import { Ajv, type ValidateFunction } from 'ajv';
import { type JsonObject } from '../fact.js';
import { type Field, fieldsOf, type JsonSchema } from './field.js';

/** The JSON schema of a payload class, derived from the declarations of its fields; closed at every level. */
export function payloadSchema(payload: new () => object): JsonSchema {
  const fields = fieldsOf(payload);
  return {
    type: 'object',
    required: fields.filter(({ optional }) => !optional).map(({ property }) => property),
    properties: Object.fromEntries(fields.map((field) => [field.property, fieldSchema(field)])),
    additionalProperties: false,
  };
}

function fieldSchema({ schema, meaning, nested }: Field): JsonSchema {
  return { ...(nested ? payloadSchema(nested) : schema), description: meaning };
}

function compiler(allErrors: boolean): Ajv {
  const ajv = new Ajv({ allErrors, ownProperties: true });
  ajv.addFormat('date', (text: string) => parseDay(text) !== undefined);
  ajv.addFormat('date-time', (text: string) => parseInstant(text) !== undefined);
  return ajv;
}

const [quick, thorough] = [compiler(false), compiler(true)];

/** Compiles a payload's schema into the check of the hot path, which is over at the first thing that is wrong. */
export function compilePayload(schema: JsonSchema): ValidateFunction<JsonObject> {
  return quick.compile<JsonObject>(schema);
}

/** Compiles a payload's schema into a check that gathers all that is wrong. */
export function compileAllErrors(schema: JsonSchema): ValidateFunction<JsonObject> {
  return thorough.compile<JsonObject>(schema);
}
