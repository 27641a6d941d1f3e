import { useState } from 'preact/hooks';
import { type Message, language, say } from '../../i18n/language.js';
import { urlOf } from '../../api/client.js';
import { Select } from '../../shell/controls.js';
import { change, param } from '../../state/address.js';
import { period, yearChoices, yearWindow } from '../../state/period.js';
import { KnownAtSlider } from '../../shell/known-at-slider.js';
import { PageHead } from '../page-head.js';

const TITLE: Message = ['Il rapporto annuale', 'The annual report'];
const LEAD: Message = [
  'Le tabelle e le figure dell’anno, con lo stato al giorno scelto; da stampare o da portare altrove.',
  'The tables and figures of the year, in the state of the chosen day; to print or to take elsewhere.',
];
const YEAR: Message = ['Anno del rapporto', 'Year of the report'];
const STATE: Message = ['Stato dei dati', 'State of the data'];
const END_OF_YEAR: Message = ['Stato al 31.12.{year}', 'State at 31.12.{year}'];
const ALL: Message = ['Tutto ciò che è noto', 'All that is known'];
const PRINT: Message = ['Pagina da stampare', 'Page to print'];
const EXPORTS: Message = ['Scarica il rapporto', 'Download the report'];
const CSV: Message = ['CSV (zip)', 'CSV (zip)'];
const FRAME: Message = ['Rapporto annuale {year}', 'Annual report {year}'];
const LOADING: Message = ['Caricamento del rapporto…', 'Loading the report…'];

const FORMATS = ['xlsx', 'csv', 'json'] as const;

interface EndsProps {
  readonly year: number;
  readonly until: string | null;
}

/** Both cut-offs at once: what had happened and what was known by the end of the year. */
function Ends({ year, until }: EndsProps) {
  const end = yearWindow(year).to;
  const atEnd = until === end && period.value.knownAt === end;
  return (
    <div class="controls" role="group" aria-label={say(STATE)}>
      <button
        type="button"
        class="button button-outline"
        aria-pressed={atEnd}
        onClick={() => change({ until: end, knownAt: end })}
      >
        {say(END_OF_YEAR, { year })}
      </button>
      <button
        type="button"
        class="button button-outline"
        aria-pressed={until === null && period.value.knownAt === null}
        onClick={() => change({ until: null, knownAt: null })}
      >
        {say(ALL)}
      </button>
    </div>
  );
}

/** The report of a year, as the printable page shows it, and in the formats to take along. */
export default function ReportPage() {
  const year = Number(period.value.from.slice(0, 4));
  const { knownAt } = period.value;
  const until = param('until');
  const link = (format: string) =>
    urlOf(`/v1/reports/${year}`, { knownAt, until, lang: language.value, format });
  const names = { xlsx: 'XLSX', csv: say(CSV), json: 'JSON' } as const;
  return (
    <>
      <PageHead title={TITLE} lead={LEAD} />
      <section class="card report-question" aria-label={say(TITLE)}>
        <Select
          label={say(YEAR)}
          value={String(year)}
          choices={yearChoices(year)}
          onChange={(value) => change({ ...yearWindow(Number(value)), until: null })}
        />
        <KnownAtSlider />
        <Ends year={year} until={until} />
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
      <Preview key={link('html')} title={say(FRAME, { year })} source={link('html')} />
    </>
  );
}

/** The printable page; until it is there, that it is on its way. */
function Preview({ title, source }: { readonly title: string; readonly source: string }) {
  const [loaded, setLoaded] = useState(false);
  return (
    <div class="report-preview" aria-busy={!loaded}>
      {!loaded && (
        <p class="card-empty" role="status">
          {say(LOADING)}
        </p>
      )}
      <iframe class="report-frame" title={title} src={source} onLoad={() => setLoaded(true)} />
    </div>
  );
}
