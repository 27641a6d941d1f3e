import { ReadModelError } from './read-model.error.js';
import { type Cell, type Column, type ModelForm, type ModelRow } from './read-model.port.js';

/** What adapters keep of a row beside its cells. */
const OWN_COLUMNS = ['position', 'sequence', 'group', 'group_hash'];
const COLUMN_NAME = /^[a-z][a-z0-9_]{0,62}$/;

/** @throws ReadModelError `invalid` when the form has a column that cannot be */
export function checkForm({ columns }: ModelForm): void {
  const names = columns.map(({ name }) => name);
  const wrong = names.find((name, index) => {
    return !COLUMN_NAME.test(name) || OWN_COLUMNS.includes(name) || names.indexOf(name) !== index;
  });
  if (wrong !== undefined) {
    throw new ReadModelError('invalid', `a read model cannot have a column "${wrong}", or not twice`);
  }
}

/** @throws ReadModelError `invalid` when the row has not as many cells as the form has columns */
export function checkCellCount({ columns }: ModelForm, { cells }: ModelRow): void {
  if (cells.length === columns.length) return;
  throw new ReadModelError('invalid', `a row has ${cells.length} cells, its model ${columns.length} columns`);
}

/** Whether the cell may stand in the column. */
export function fits(cell: Cell, { type }: Column): boolean {
  return cell === null || (type === 'integer' ? Number.isSafeInteger(cell) : typeof cell === 'string');
}

/** The form as text, the same for the same columns in the same order. */
export function writtenForm({ columns, grouped }: ModelForm): string {
  return JSON.stringify({ grouped, columns: columns.map(({ name, type }) => [name, type]) });
}

/** What is told when a model was made with another form than it is opened with. */
export function otherForm(projection: string, version: number): ReadModelError {
  return new ReadModelError(
    'invalid',
    `version ${version} of "${projection}" was made with other columns: a new form needs a new version`,
  );
}
