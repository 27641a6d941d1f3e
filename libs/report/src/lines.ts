import { type Day } from '#calendar';
import { type Sa, type Venue } from '#catalogue';
import { type FigureAnswer } from '#figures';
import { type Stage } from '#events';
import { type CellValue, type Column, type Row, type ValueFormat } from './document.js';
import { peopleLink } from './links.js';
import { sumOf, type Where } from './reading.js';
import { monthParameters, type ReportMonth, type ReportScope } from './scope.js';

/** One row of a table before it has numbers: which rows of an answer it counts, and how an address names them. */
export interface Line {
  readonly key: string;
  readonly kind: Row['kind'];
  readonly label: string;
  readonly where: Where;
  readonly parameters: Readonly<Record<string, string>>;
}

const everything = (scope: ReportScope): Line => ({
  key: 'total',
  kind: 'total',
  label: scope.say('total'),
  where: {},
  parameters: {},
});

/** A line for each territory, and one for all of them. */
export function territoryLines(scope: ReportScope): Line[] {
  const lines = scope.inUse(scope.catalogue.territories).map(({ code, name }): Line => ({
    key: code,
    kind: 'item',
    label: name,
    where: { territory: code },
    parameters: { territory: code },
  }));
  return [...lines, everything(scope)];
}

/** A line for each venue or SA, after those of a territory their sum, at last all of them. */
export function placeLines(scope: ReportScope, key: 'venue' | 'sa'): Line[] {
  const places: readonly (Venue | Sa)[] = key === 'venue' ? scope.catalogue.venues : scope.catalogue.sas;
  const used = scope.inUse(places);
  const byTerritory = scope.catalogue.territories.map((territory) => ({
    territory,
    codes: used.filter((place) => place.territory === territory.code),
  }));
  const lines = byTerritory
    .filter(({ codes }) => codes.length > 0)
    .flatMap(({ territory, codes }): Line[] => [
      ...codes.map(({ code, name }): Line => ({
        key: code,
        kind: 'item',
        label: name,
        where: { [key]: code },
        parameters: { [key]: code },
      })),
      {
        key: `subtotal-${territory.code}`,
        kind: 'subtotal',
        label: territory.name,
        where: { [key]: codes.map(({ code }) => code) },
        parameters: { territory: territory.code },
      },
    ]);
  return [...lines, everything(scope)];
}

/** A text column, one a month and one for their sum. */
export function monthColumns(scope: ReportScope, first: Column, months: readonly ReportMonth[]): Column[] {
  const ofMonths = months.map(({ key, number }): Column => {
    return { key, label: scope.month(number), format: 'integer' };
  });
  return [first, ...ofMonths, { key: 'total', label: scope.say('total'), format: 'integer' }];
}

export interface MonthRowOptions {
  /** Key of the text column. */
  readonly first: string;
  readonly months: readonly ReportMonth[];
  readonly answer: FigureAnswer;
  /** The property that is counted. */
  readonly count: string;
  /** Whose entries are counted, where people are behind the numbers. */
  readonly stage?: Stage;
}

/** The counts of a line month by month, and their sum. */
export function monthRow(scope: ReportScope, line: Line, options: MonthRowOptions): Row {
  const { first, months, answer, count, stage } = options;
  const cells: Record<string, CellValue> = { [first]: line.label };
  const links: Record<string, string> = {};
  let total = 0;
  const link = (key: string, number: number, days: Readonly<Record<string, string>>) => {
    cells[key] = number;
    if (stage && number > 0) links[key] = peopleLink(scope, stage, { ...days, ...line.parameters });
  };
  for (const month of months) {
    const number = sumOf(answer, count, { ...line.where, month: month.key });
    total += number;
    link(month.key, number, monthParameters(month));
  }
  const [from, to] = [months[0], months.at(-1)];
  if (from && to) {
    link('total', total, { from: monthParameters(from)['from']!, to: monthParameters(to)['to']! });
  } else cells['total'] = 0;
  return { key: line.key, kind: line.kind, cells, links };
}

/** A row whose cells are given. */
export function plainRow(
  line: Pick<Line, 'key' | 'kind'>,
  cells: Row['cells'],
  links: Readonly<Record<string, string | undefined>> = {},
): Row {
  const given = Object.entries(links).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { key: line.key, kind: line.kind, cells, links: Object.fromEntries(given) };
}

/** The months in which a stage was open on some day, or counted something all the same. */
export function openMonths(
  scope: ReportScope,
  stage: 'saChosen' | 'pdsSigned',
  answer: FigureAnswer,
): ReportMonth[] {
  const isOpen = ({ firstDay, lastDay }: ReportMonth) => {
    for (let day: Day = firstDay; day <= lastDay; day++) {
      if (!scope.catalogue.isSuspended(stage, day)) return true;
    }
    return false;
  };
  return scope.months().filter((month) => isOpen(month) || sumOf(answer, stage, { month: month.key }) > 0);
}

export const column = (key: string, label: string, format: ValueFormat = 'integer'): Column => ({
  key,
  label,
  format,
});
