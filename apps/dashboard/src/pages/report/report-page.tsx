import { type Message, language, say } from '../../i18n/language.js';
import { urlOf } from '../../api/client.js';
import { Select } from '../../shell/controls.js';
import { change } from '../../state/address.js';
import { period, span, yearWindow } from '../../state/period.js';
import { KnownAtSlider } from '../../shell/known-at-slider.js';
import { PageHead } from '../page-head.js';

const TITLE: Message = ['Il rapporto annuale', 'The annual report'];
const LEAD: Message = [
  'Le tabelle e le figure dell’anno, con lo stato al giorno scelto; da stampare o da portare altrove.',
  'The tables and figures of the year, in the state of the chosen day; to print or to take elsewhere.',
];
const YEAR: Message = ['Anno del rapporto', 'Year of the report'];
const PRINT: Message = ['Pagina da stampare', 'Page to print'];
const EXPORTS: Message = ['Scarica il rapporto', 'Download the report'];
const CSV: Message = ['CSV (zip)', 'CSV (zip)'];
const FRAME: Message = ['Rapporto annuale {year}', 'Annual report {year}'];

const FORMATS = ['xlsx', 'csv', 'json'] as const;

/** The report of a year, as the printable page shows it, and in the formats to take along. */
export default function ReportPage() {
  const year = Number(period.value.from.slice(0, 4));
  const { knownAt } = period.value;
  const link = (format: string) => urlOf(`/v1/reports/${year}`, { knownAt, lang: language.value, format });
  const names = { xlsx: 'XLSX', csv: say(CSV), json: 'JSON' } as const;
  const years = (span.value?.years ?? [])
    .map((one) => ({ value: String(one), label: String(one) }))
    .reverse();
  return (
    <>
      <PageHead title={TITLE} lead={LEAD} />
      <section class="card report-question" aria-label={say(TITLE)}>
        <Select
          label={say(YEAR)}
          value={String(year)}
          choices={years}
          onChange={(value) => change(yearWindow(Number(value)))}
        />
        <KnownAtSlider />
        <div class="controls" role="group" aria-label={say(EXPORTS)}>
          <a class="button" href={link('html')} target="_blank" rel="noopener">
            {say(PRINT)}
          </a>
          {FORMATS.map((format) => (
            <a
              class="button button-outline"
              href={link(format)}
              download={`${year}.${format === 'csv' ? 'zip' : format}`}
            >
              {names[format]}
            </a>
          ))}
        </div>
      </section>
      <iframe class="report-frame" title={say(FRAME, { year })} src={link('html')} />
    </>
  );
}
