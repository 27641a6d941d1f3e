import { type Erratum } from './errata.js';

/**
 * Figures of the annual report 2020 that its own other figures contradict. The page shows what is computed; the note
 * says what was printed.
 */
export const ERRATA_2020: readonly Erratum[] = [
  {
    year: 2020,
    item: 'table-7',
    why: 'erratum.choicesTotals',
    figures: [
      { in: 'total', at: '2020-11', printed: 119 },
      { in: 'total', at: '2020-12', printed: 92 },
    ],
  },
  {
    year: 2020,
    item: 'registered-change',
    why: 'erratum.cuneoChange',
    figures: [{ in: 'CN', at: '2020-11', printed: -47.7 }],
  },
  {
    year: 2020,
    item: 'registered-change',
    why: 'erratum.oneDecimal',
    figures: [
      { in: 'TO', at: '2020-03', printed: -87.2 },
      { in: 'BI-NO-VC-VCO', at: '2020-11', printed: -46.7 },
    ],
  },
  {
    year: 2020,
    item: 'table-11',
    why: 'erratum.signedShare',
    figures: [{ in: '2020', at: 'signedPct', printed: 34.27 }],
  },
  {
    year: 2020,
    item: 'summary-text',
    why: 'erratum.cutShares',
    figures: [
      { in: 'signed-of-registered', at: 'TO', printed: 31 },
      { in: 'signed-of-registered', at: 'AL-AT', printed: 31 },
    ],
  },
  {
    year: 2020,
    item: 'absence-text',
    why: 'erratum.absenceMean',
    figures: [{ in: 'absence-outside-main', at: 'ratePct', printed: 15.43 }],
  },
  {
    year: 2020,
    item: 'participation-by-mode',
    why: 'erratum.modeShares',
    figures: [
      { in: 'TO', at: 'in_personPct', printed: 12 },
      { in: 'TO', at: 'onlinePct', printed: 53 },
      { in: 'CN', at: 'in_personPct', printed: 2 },
      { in: 'AL-AT', at: 'in_personPct', printed: 4 },
      { in: 'BI-NO-VC-VCO', at: 'in_personPct', printed: 2 },
      { in: 'CN', at: 'phonePct', printed: 10 },
      { in: 'AL-AT', at: 'phonePct', printed: 8 },
      { in: 'BI-NO-VC-VCO', at: 'phonePct', printed: 10 },
    ],
  },
];
