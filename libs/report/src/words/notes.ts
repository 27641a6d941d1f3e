/** Notes on printed figures that contradict each other: Italian, English. */
export const NOTES = {
  'note.phoneMeetings': [
    'Un incontro telefonico è individuale: dove gli incontri registrati non sono quanti i partecipanti (Tabella 3), entrambi sono riportati come risultano.',
    'A meeting by phone is held with one person: where the recorded meetings are not as many as the participants (Table 3), both are shown as they were recorded.',
  ],
  'erratum.choicesTotals': [
    'I totali mensili stampati non sono la somma delle loro colonne; le righe e il totale generale concordano.',
    'The printed monthly totals are not the sums of their columns; the rows and the grand total agree.',
  ],
  'erratum.cuneoChange': [
    'Il testo stampato indica un calo; le registrazioni sono invece aumentate.',
    'The printed text tells of a fall; the registrations rose.',
  ],
  'erratum.oneDecimal': ['Stampati con un solo decimale.', 'Printed with one decimal.'],
  'erratum.signedShare': [
    'La quota stampata nel testo come quota dei partecipanti è quella dei registrati (si veda “Patti sui registrati”).',
    'What the printed text gives as a share of the participants is the share of the registered (see “Pacts over the registered”).',
  ],
  'erratum.cutShares': ['Stampate troncate all’unità.', 'Printed cut to whole numbers.'],
  'erratum.absenceMean': [
    'La “media regionale” stampata è la media semplice di tre tassi territoriali; qui i territori sono messi insieme.',
    'The printed “regional mean” is the plain mean of three territorial rates; here the territories are pooled.',
  ],
  'erratum.modeShares': [
    'Stampate come numeri interi, alcune arrotondate per eccesso e altre no.',
    'Printed as whole numbers, some rounded up and some not.',
  ],
  'note.periodRatio': [
    'Il rapporto divide due conteggi dello stesso anno e non è un tasso di conversione: delle {chose} scelte, {returning} sono di persone che avevano già scelto in un ciclo precedente, non tutte tra i {participants} partecipanti dell’anno.',
    'The ratio divides two counts of the same year and is no conversion rate: {returning} of the {chose} choices are by people who had chosen in an earlier cycle already and are not all among the {participants} participants of the year.',
  ],
  'note.cohort': [
    'Accanto, la coorte: chi ha partecipato nell’anno e che cosa ne è stato, quando che sia, per quanto noto.',
    'Beside it the cohort: who took part in the year and what became of them, whenever, as far as known.',
  ],
} as const satisfies Record<string, readonly [it: string, en: string]>;
