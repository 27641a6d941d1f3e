import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { eventSchemas } from '#events';
import { PROBLEM_TYPE } from './problem.js';

const PLACE = {
  type: 'object',
  required: ['detail'],
  properties: {
    index: { type: 'integer', minimum: 0, description: 'which event of a batch, from 0' },
    line: { type: 'integer', minimum: 1, description: 'which line of the body, from 1' },
    pointer: { type: 'string', description: 'RFC 6901 pointer into the event' },
    parameter: { type: 'string', description: 'name of the parameter' },
    detail: { type: 'string' },
  },
};

const PROBLEM = {
  type: 'object',
  description: 'Problem details (RFC 9457).',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: { type: 'array', items: { $ref: '#/components/schemas/ProblemPlace' } },
  },
};

function describe(app: INestApplication, title: string): OpenAPIObject {
  const base = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(title)
    .setDescription('Facts in, monthly and cumulative funnel out, for any past date.')
    .setVersion('1')
    // The library's own default calls every token a JWT.
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'opaque',
      description: 'A key of API_KEYS.',
    })
    .addGlobalResponse({
      status: 'default',
      description: 'A problem.',
      content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
    })
    .build();
  const document = SwaggerModule.createDocument(app, base);
  const schemas = {
    ...document.components?.schemas,
    ...eventSchemas(),
    Problem: PROBLEM,
    ProblemPlace: PLACE,
  };
  return { ...document, components: { ...document.components, schemas } };
}

/** Serves the OpenAPI document at `/openapi.json` and a page to browse it at `/docs`, all from this server. */
export function serveOpenApi(app: INestApplication, title: string): void {
  SwaggerModule.setup('docs', app, () => describe(app, title), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: title,
    // The default asks a service on the internet whether the document is valid.
    swaggerOptions: { validatorUrl: null, persistAuthorization: false },
  });
}
