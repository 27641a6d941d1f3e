import { reportFigures as printed } from '#history';

/** Where a printed figure stands: in a table (its id) or text, by row or statement and by column or value. */
export interface PrintedCell {
  readonly item: string;
  readonly row: string;
  readonly column: string;
  readonly value: number | string;
}

const TERRITORIES = ['TO', 'AL-AT', 'BI-NO-VC-VCO', 'CN'];
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

type MonthlyTable = Readonly<Record<string, readonly number[]>>;

/** The cells of a table of counts by code and month, with the sums of rows and columns. */
function monthly(
  item: string,
  months: readonly string[],
  table: MonthlyTable,
  groups?: MonthlyGroups,
): PrintedCell[] {
  const line = (row: string, numbers: readonly number[]): PrintedCell[] => [
    ...months.map((column, index) => ({ item, row, column, value: numbers[index]! })),
    { item, row, column: 'total', value: sum(numbers) },
  ];
  const added = (codes: readonly string[]) =>
    months.map((_, index) => sum(codes.map((code) => table[code]![index]!)));
  const codes = Object.keys(table);
  return [
    ...codes.flatMap((code) => line(code, table[code]!)),
    ...Object.entries(groups ?? {}).flatMap(([territory, own]) => line(`subtotal-${territory}`, added(own))),
    ...line('total', added(codes)),
  ];
}

type MonthlyGroups = Readonly<Record<string, readonly string[]>>;

const byTerritory = (places: readonly { code: string; territory: string }[]): MonthlyGroups =>
  Object.fromEntries(
    TERRITORIES.map((territory) => [
      territory,
      places.filter((place) => place.territory === territory).map(({ code }) => code),
    ]),
  );

const VENUES = byTerritory(printed.venues);
const SAS = byTerritory(printed.providers);

const cell = (item: string, row: string, column: string, value: number | string): PrintedCell => ({
  item,
  row,
  column,
  value,
});

/** Cells of one row, by column. */
const cells = (item: string, row: string, values: Readonly<Record<string, number>>): PrintedCell[] =>
  Object.entries(values).map(([column, value]) => cell(item, row, column, value));

function table1(): PrintedCell[] {
  const before = printed.table1_contacts['2019']['phone']!;
  const { phone, chatbot } = printed.table1_contacts['2020'] as Record<'phone' | 'chatbot', number[]>;
  return printed.months
    .map((month, i) => ({ row: month, counts: [before[i]!, phone[i]!, chatbot[i]!] }))
    .concat({ row: 'total', counts: [sum(before), sum(phone), sum(chatbot)] })
    .flatMap(({ row, counts: [phoneBefore, now, bot] }) =>
      cells('table-1', row, { phoneBefore: phoneBefore!, phone: now!, chatbot: bot!, sum: now! + bot! }),
    );
}

function table4(): PrintedCell[] {
  return Object.entries(printed.table4_absence).flatMap(
    ([row, { registered, not_participating, rate_pct }]) =>
      cells('table-4', row, { registered, notParticipating: not_participating, ratePct: rate_pct }),
  );
}

function table5(): PrintedCell[] {
  const { '2019': before, '2020': now } = printed.table5_participants_by_year;
  const rows = TERRITORIES.map((row) => [row, before[row]!, now[row]!] as const);
  const total = ['total', sum(Object.values(before)), sum(Object.values(now))] as const;
  return [...rows, total].flatMap(([row, earlier, current]) =>
    cells('table-5', row, { before: earlier, now: current }),
  );
}

function table8(): PrintedCell[] {
  return Object.entries(printed.table8_abandonment_or_hysteresis).flatMap(([row, figures]) =>
    cells('table-8', row, {
      participants: figures.participants,
      chose: figures.chose,
      chosePct: figures.chose_pct,
      notChosen: figures.not_chosen,
      notChosenPct: figures.not_chosen_pct,
    }),
  );
}

function table9(): PrintedCell[] {
  const { months, by_provider, by_territory, total, total_pct_of_choices } = printed.table9_pacts;
  return [
    ...monthly('table-9', months, by_provider, SAS),
    ...Object.entries(by_territory).flatMap(([territory, { signed, pct_of_choices }]) =>
      cells('table-9', `subtotal-${territory}`, { total: signed, pctOfChoices: pct_of_choices }),
    ),
    ...cells('table-9', 'total', { total, pctOfChoices: total_pct_of_choices }),
  ];
}

function table10(): PrintedCell[] {
  const { months, change_pct } = printed.table10_pacts_by_year;
  const counts = (['2019', '2020'] as const).flatMap((year) =>
    monthly(
      'table-10',
      months.map((month) => `${year}-${month}`),
      printed.table10_pacts_by_year[year],
    ).map((one) => (one.column === 'total' ? { ...one, column: year } : one)),
  );
  return [
    ...counts,
    ...Object.entries(change_pct).map(([row, pct]) => cell('table-10', row, 'changePct', pct)),
  ];
}

function table11(): PrintedCell[] {
  return Object.entries(printed.table11_attended_to_pact).flatMap(([year, figures]) =>
    cells('table-11', year, {
      participants: figures.participants,
      signed: figures.signed,
      signedPct: figures.signed_pct,
      lost: figures.lost,
      lostPct: figures.lost_pct,
    }),
  );
}

/** Every count and percentage that Tables 1 to 11 print (Table 12 is compared as rows). */
export const PRINTED_CELLS: readonly PrintedCell[] = [
  ...table1(),
  ...monthly('table-2', printed.months, printed.table2_registered),
  ...monthly('table-3', printed.months, printed.table3_participants, VENUES),
  ...table4(),
  ...table5(),
  ...monthly('table-6', printed.months, printed.table6_meetings, VENUES),
  ...monthly('table-7', printed.table7_choices.months, printed.table7_choices.by_provider, SAS),
  cell('table-7', 'total', 'total', printed.table7_choices.total),
  ...table8(),
  ...table9(),
  ...table10(),
  ...table11(),
];

/** What the answers of Table 12 say, a row each, in the order of the letters. */
export const PRINTED_ANSWERS: readonly string[] = printed.table12_questionnaire.answers
  .map((row) => row.join())
  .sort();
