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

const ajv = new Ajv({ allErrors: true, ownProperties: true });
ajv.addFormat('date', (text: string) => parseDay(text) !== undefined);
ajv.addFormat('date-time', (text: string) => parseInstant(text) !== undefined);

/** Compiles a payload's schema into the check of the hot path. */
export function compilePayload(schema: JsonSchema): ValidateFunction<JsonObject> {
  return ajv.compile<JsonObject>(schema);
}
