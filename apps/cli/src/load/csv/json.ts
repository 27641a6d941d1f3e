export type Scalar = string | number | boolean;
export type JsonObject = { readonly [name: string]: Json };
export type Json = Scalar | null | readonly Json[] | JsonObject;

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isScalar(value: Json): value is Scalar {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
