import { Ajv2020 } from 'ajv/dist/2020.js';
import { type ServerProcess } from './server-process.js';

interface Schema {
  readonly properties?: Record<string, Schema>;
  readonly items?: Schema;
  readonly [keyword: string]: unknown;
}
interface Route {
  readonly responses: Record<string, { description?: string; content?: Record<string, { schema: Schema }> }>;
}

/** The schema that allows nothing which it does not tell of. */
const closed = (schema: Schema): Schema => ({
  ...schema,
  ...(schema.items ? { items: closed(schema.items) } : {}),
  ...(schema.properties
    ? {
        properties: Object.fromEntries(
          Object.entries(schema.properties).map(([name, one]) => [name, closed(one)]),
        ),
        additionalProperties: false,
      }
    : {}),
});

/** Expects that the OpenAPI document describes a GET of a path (`audit/log`) and all that it answered. */
export async function expectDescribed(server: ServerProcess, path: string, answer: unknown): Promise<void> {
  const { paths } = await server.get<{ paths: Record<string, { get: Route }> }>('/openapi.json');
  const { description, content } = paths[`/v1/${path}`]!.get.responses['200']!;
  expect(description).toBeTruthy();
  const check = new Ajv2020({ validateFormats: false, strictTypes: false }).compile(
    closed(content!['application/json']!.schema),
  );
  check(answer);
  expect(check.errors).toBeNull();
}
