import { CsvError, parse } from 'csv-parse';
import { pipeline, type Readable } from 'node:stream';
import { CliError } from '../../cli.error.js';
import { type SourcePart } from '../source.js';
import { mapRow } from './map-row.js';
import { columnsAt, columnsUsed, type EventMapping, type Mapping } from './mapping.js';
import { type Row } from './template.js';

const LONGEST_ROW = 1024 * 1024;

interface Parsed {
  readonly record: Row;
  readonly info: { readonly lines: number };
}

/**
 * The facts that the rows of a CSV file give, in the order of the mapping within a row. The first row names the columns.
 *
 * @throws CliError `usage` when a column of the mapping is not there, `failed` when the file is no CSV
 */
export async function* csvSource(input: Readable, mapping: Mapping): AsyncGenerator<SourcePart> {
  let bytesRead = 0;
  const counted = async function* (parts: AsyncIterable<Buffer>) {
    for await (const part of parts) {
      bytesRead += part.length;
      yield part;
    }
  };
  const parser = parse({
    columns: (header: string[]) => checkHeader(header, mapping),
    delimiter: mapping.delimiter,
    info: true,
    bom: true,
    trim: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
  // What goes wrong before the parser comes out of it.
  pipeline(input, counted, decoding(mapping.encoding), parser, () => undefined);
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      for (const event of mapping.events) {
        const part = partOf(event, record, info.lines, bytesRead);
        if (part) yield part;
      }
    }
  } catch (error) {
    throw error instanceof CsvError
      ? new CliError('failed', `the CSV file is broken: ${error.message}`)
      : error;
  } finally {
    input.destroy();
  }
}

function partOf(event: EventMapping, row: Row, line: number, bytesRead: number): SourcePart | undefined {
  const mapped = mapRow(event, row);
  if (!mapped) return undefined;
  const placeOf = (pointer: string) => {
    const columns = columnsAt(event, pointer);
    return columns.length > 0 ? `column ${columns.join(' and ')}` : undefined;
  };
  if (!mapped.ok) return { kind: 'fault', line, errors: mapped.errors, placeOf };
  return { kind: 'fact', line, json: Buffer.from(JSON.stringify(mapped.event)), placeOf, bytesRead };
}

function decoding(encoding: string) {
  return async function* (parts: AsyncIterable<Buffer>): AsyncGenerator<string> {
    const decoder = new TextDecoder(encoding, { fatal: true });
    const decode = (part?: Buffer) => {
      try {
        return decoder.decode(part, { stream: part !== undefined });
      } catch {
        const hint = 'say which "encoding" it has in the mapping; files of Excel are often windows-1252';
        throw new CliError('failed', `the file is not written in ${encoding}`, [hint]);
      }
    };
    for await (const part of parts) yield decode(part);
    yield decode();
  };
}

function checkHeader(header: readonly string[], mapping: Mapping): string[] {
  const names = header.map((name) => name.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new CliError('failed', `the file has two columns ${JSON.stringify(twice)}`);
  const missing = columnsUsed(mapping).filter((name) => !names.includes(name));
  if (missing.length === 0) return names;
  throw new CliError('usage', `the file has no column ${missing.join(', ')}`, [
    `it has: ${names.join(', ')}`,
    'is the "delimiter" of the mapping that of the file?',
  ]);
}
