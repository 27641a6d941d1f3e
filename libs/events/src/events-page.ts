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
| \`time\` | yes | RFC 3339 with offset: the instant at which it took place |
| \`recordedtime\` | no | RFC 3339 with offset: the instant from which the source knew of it; needs the role \`import\` |
| \`data\` | yes | the payload of the type |
| \`datacontenttype\` | no | \`application/json\` |
| \`dataschema\` | no | ${SCHEMA_WORDS}, kept as it is |
| others | no | extensions, kept as they are; at most 20 lower-case letters and digits make a name, and a text, a number or a boolean is the value |

- Characters are counted as Unicode code points; a lone surrogate is an error wherever it would be stored.
- Instants are cut to the millisecond. There is no second 60. Neither time may be before 2000 or more than five minutes
  after the server's clock, and \`recordedtime\` may not be more than five minutes before \`time\`.
- An attribute may be \`null\`, which is as good as leaving it out. In \`data\`, at any depth, \`null\` is refused, and so
  is a property that the type does not declare.
- Numbers are those of JavaScript, as JSON libraries mostly have them: a whole number of an extension beyond ±(2^53 − 1),
  which would lose digits, is refused (a text keeps them). Of a name that stands twice in one JSON object the last
  counts; a header that is there twice in binary mode is refused.
- An event may hold 10,000 values (objects, arrays and what is in them), nested 64 levels deep; one that is larger than
  16 KiB and holds more is not read any further. Names that are unknown are told one by one up to 1,000 in one place.
- \`data_base64\` is refused. \`acceptedtime\` and \`position\` may be there and are not looked at: what one server gave
  back, another takes.
- \`territory\`, \`venue\` and \`sa\` are codes of the programme catalogue that are valid on the day of \`time\` in Rome. A
  journey's event, a retraction aside, has to lie in a programme cycle.
- The same \`source\` and \`id\` for the same subject (without subject: the same type and Rome day) is the same event. If
  \`type\`, \`time\` and \`data\` are the same too, it is a duplicate and has no effect; if not, it is a conflict.
- A fact that is read has both times in UTC, and beside them \`acceptedtime\`, the instant at which the server took it;
  its \`data\` is what its sender wrote.

## Types

They stand in the order of the stages, which decides between facts of one instant.
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
