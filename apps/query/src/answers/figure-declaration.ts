import { type OpenAPIObject } from '@nestjs/swagger';
import { type GroupKey } from '#measures';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
export type SchemaObject = Exclude<Schemas[string], { readonly $ref: string }>;

/** What a figure's items hold, in their order. Both the schema and the columns of the CSV follow from it. */
export interface FigureDeclaration {
  /** Name of the file that a CSV is saved as. */
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** `always`: a row a month; `asked`: only with `by=month`. */
  readonly month?: 'always' | 'asked';
  readonly groupKeys: readonly GroupKey[];
  /** The properties of an item after its month and its groups. */
  readonly item: Properties;
  /** Properties of an item that it has only where the parameter of the same name says so. */
  readonly onRequest?: readonly string[];
  /** The properties of the totals, where they are not those of an item. */
  readonly totals?: Properties;
}

export type Properties = Readonly<Record<string, SchemaObject>>;

export const count = (description: string): SchemaObject => ({ type: 'integer', minimum: 0, description });

/** A number that is null where there is nothing to compute it from. */
export const orNull = (description: string): SchemaObject => ({ type: ['number', 'null'], description });

/** One count for each of some codes. */
export const countsOf = (codes: readonly string[], description: string): SchemaObject => ({
  type: 'object',
  description,
  required: [...codes],
  properties: Object.fromEntries(codes.map((code) => [code, { type: 'integer', minimum: 0 }])),
});

/** A number from 0 to 1. */
export const share = (description: string): SchemaObject => ({
  type: 'number',
  minimum: 0,
  maximum: 1,
  description,
});

/** An object that always has all of its properties. */
export function objectOf(properties: Properties, optional: readonly string[] = []): SchemaObject {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', required, properties };
}

/** The columns of the CSV: month and groups first, nested properties by their path. */
export function columnsOf(
  { month, item, onRequest = [] }: FigureDeclaration,
  asked: { readonly groupBy: readonly string[]; readonly by?: unknown; readonly [name: string]: unknown },
): string[] {
  const given = Object.fromEntries(
    Object.entries(item).filter(([name]) => !onRequest.includes(name) || asked[name] === true),
  );
  const hasMonth = month === 'always' || (month === 'asked' && asked.by === 'month');
  return [...(hasMonth ? ['month'] : []), ...asked.groupBy, ...pathsOf(given)];
}

function pathsOf(properties: Properties): string[] {
  return Object.entries(properties).flatMap(([name, schema]) =>
    schema.properties === undefined
      ? [name]
      : pathsOf(schema.properties as Properties).map((path) => `${name}.${path}`),
  );
}
