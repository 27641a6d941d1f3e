import { type Field } from './declaration/field.js';
import { ID_WORDS, SCHEMA_WORDS, SOURCE_WORDS, SUBJECT_WORDS } from './declaration/text-forms.js';
import { exampleOf } from './example.js';
import { EVENT_TYPES, type EventVersion } from './registry.js';

const SUBJECT_WORD = {
  journey: 'the journey',
  meeting: 'the meeting',
  target: 'that of the event taken back, if it has one',
  none: 'none',
};

const HEAD = `# Events

This page is written from the declarations in \`libs/events/src/types\` (\`npm run docs:events\`); a test fails when the
two differ. Every event is a CloudEvent 1.0 in JSON.

## Envelope

| attribute | required | value |
|---|---|---|
| \`specversion\` | yes | \`"1.0"\` |
| \`id\` | yes | ${ID_WORDS} |
| \`source\` | yes | ${SOURCE_WORDS}: the system that sends |
| \`type\` | yes | a full type of the table below |
| \`subject\` | by type | ${SUBJECT_WORDS}; an error where the type has none |
| \`time\` | yes | RFC 3339 with offset: when it happened |
| \`recordedtime\` | no | RFC 3339 with offset: when the source system learnt of it; needs the role \`import\` |
| \`data\` | yes | the payload of the type |
| \`datacontenttype\` | no | \`application/json\` |
| \`dataschema\` | no | ${SCHEMA_WORDS}, kept as it is |
| others | no | extensions: a name of 1 to 20 lower-case letters and digits; a string, a number or a boolean, kept as it is |

- Characters are counted as Unicode code points; a lone surrogate is an error wherever it would be stored.
- Instants are cut to the millisecond. There is no second 60. Neither time may be before 2000 or more than five minutes
  after the server's clock, and \`recordedtime\` may not be more than five minutes before \`time\`.
- An attribute that is \`null\` counts as left out. Inside \`data\` a \`null\` is an error, and so is a property that the
  type does not declare, at any depth.
- \`data_base64\` is an error. \`acceptedtime\` and \`position\` are ignored, so that events read from the server can be
  sent again.
- \`territory\`, \`venue\` and \`sa\` are codes of the programme catalogue that are valid on the day of \`time\` in Rome. A
  journey's event, a retraction aside, has to lie in a programme cycle.
- The same \`source\` and \`id\` for the same subject (without subject: the same type and Rome day) is the same event. Sent
  again with the same \`type\`, \`time\` and \`data\` it is a duplicate and changes nothing; with others it is a conflict.
- Facts are given back with both times in UTC, with \`acceptedtime\`, the server's clock when it took them, and with
  \`data\` as it was sent.

## Types

The order is that of the stages; it decides between facts of one instant.
`;

/** The documentation page of all event types, in Markdown. */
export function eventsPage(registry = EVENT_TYPES): string {
  const versions = registry.versions();
  const table = versions.map(
    (version) =>
      `| [\`${version.fullType}\`](#${anchor(version)}) | ${SUBJECT_WORD[version.subject]} | ${version.meaning} |`,
  );
  const overview = ['| type | subject | meaning |', '|---|---|---|', ...table].join('\n');
  return `${HEAD}\n${overview}\n\n${versions.map(section).join('\n')}`;
}

/** As Markdown viewers make it of the heading. */
const anchor = ({ fullType }: EventVersion) => fullType.replaceAll('.', '');

function section(version: EventVersion): string {
  return `### ${version.fullType}

${version.meaning}

| property | required | value | meaning |
|---|---|---|---|
${rows(version.fields, '').join('\n')}

\`\`\`json
${JSON.stringify(exampleOf(version), null, 2)}
\`\`\`
`;
}

function rows(fields: readonly Field[], prefix: string): string[] {
  return fields.flatMap(({ property, optional, form, meaning, fields: inner }) => [
    `| \`${prefix}${property}\` | ${optional ? 'no' : 'yes'} | ${form} | ${meaning} |`,
    ...rows(inner, `${prefix}${property}.`),
  ]);
}
