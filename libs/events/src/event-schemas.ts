import { type JsonSchema } from './declaration/field.js';
import { ID_FORM, SCHEMA_FORM, SOURCE_FORM, SUBJECT_FORM } from './declaration/text-forms.js';
import { exampleOf } from './example.js';
import { EVENT_TYPES, type EventVersion } from './registry.js';

const dateTime = (description: string) => ({ type: 'string', format: 'date-time', description });

const SUBJECT = { type: 'string', pattern: SUBJECT_FORM.source };

/** What a component is called: `SaChosenV1` for `it.mip.sa-chosen.v1`. */
function componentName({ name, version }: EventVersion): string {
  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}V${version}`;
}

function eventSchema(version: EventVersion): JsonSchema {
  const hasSubject = version.subject !== 'none';
  const needsSubject = version.subject === 'journey' || version.subject === 'meeting';
  return {
    type: 'object',
    description: version.meaning,
    required: ['specversion', 'id', 'source', 'type', ...(needsSubject ? ['subject'] : []), 'time', 'data'],
    properties: {
      specversion: { const: '1.0' },
      id: { type: 'string', pattern: ID_FORM.source },
      source: { type: 'string', format: 'uri-reference', pattern: SOURCE_FORM.source },
      type: { const: version.fullType },
      ...(hasSubject ? { subject: SUBJECT } : {}),
      time: dateTime('when it happened'),
      recordedtime: dateTime('when the source system learnt of it; needs the right to import'),
      datacontenttype: { const: 'application/json' },
      dataschema: { type: 'string', format: 'uri-reference', pattern: SCHEMA_FORM.source },
      data: { $ref: `#/components/schemas/${componentName(version)}Data` },
    },
    // Extension attributes.
    additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
    example: exampleOf(version),
  };
}

/**
 * OpenAPI component schemas of all events, by component name: per type and version its data (`AttendedV1Data`) and the
 * whole CloudEvent (`AttendedV1`), and `Event`, any of them.
 */
export function eventSchemas(registry = EVENT_TYPES): Record<string, JsonSchema> {
  const versions = registry.versions();
  const reference = (version: EventVersion) => `#/components/schemas/${componentName(version)}`;
  const mapping = Object.fromEntries(versions.map((version) => [version.fullType, reference(version)]));
  return {
    ...Object.fromEntries(versions.map((version) => [`${componentName(version)}Data`, version.schema])),
    ...Object.fromEntries(versions.map((version) => [componentName(version), eventSchema(version)])),
    Event: {
      oneOf: versions.map((version) => ({ $ref: reference(version) })),
      discriminator: { propertyName: 'type', mapping },
    },
  };
}
