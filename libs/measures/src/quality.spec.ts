import 'reflect-metadata';
import { DAY_MS, parseDay, romeDay, startOfDay } from '#calendar';
import { loadCatalogue } from '#catalogue';
import { type FactName } from '#events';
import { QUALITY_KINDS, type QualityFact, qualityFindings, type QualityKind } from './quality.js';

const catalogue = loadCatalogue();
const MAY = startOfDay(parseDay('2020-05-04')!) + 9 * 3_600_000;

/** A fact some days after 4 May 2020. */
function fact(name: FactName, day: number, more: Partial<QualityFact> = {}): QualityFact {
  const time = MAY + day * DAY_MS;
  return {
    name,
    time,
    day: romeDay(time),
    recorded: time,
    rewritesPast: false,
    place: 'none',
    meetingId: undefined,
    scheduledDay: undefined,
    isDouble: false,
    ...more,
  };
}

function found(facts: readonly QualityFact[], end = 100, retractions: readonly QualityFact[] = []) {
  const journey = { facts, retractions, home: 'TO', end: parseDay('2020-05-04')! + end, catalogue };
  const kinds = QUALITY_KINDS.filter((kind) => qualityFindings(kind, journey).length > 0);
  return Object.fromEntries(kinds.map((kind) => [kind, qualityFindings(kind, journey)]));
}

const booked = fact('booked', 1, { meetingId: 'm-1', scheduledDay: parseDay('2020-05-10')! });
const registered = fact('registered', 0, { place: 'TO' });
const attended = fact('attended', 6, { meetingId: 'm-1' });
const chosen = fact('sa-chosen', 10, { place: 'IZI-TORINO' });

describe('the quality of a journey', () => {
  it('is good where the steps fit together', () => {
    expect(
      found([registered, booked, attended, chosen, fact('pds-signed', 20, { place: 'IZI-TORINO' })]),
    ).toEqual({});
  });

  const cases: [QualityKind, QualityFact, QualityFact[]][] = [
    ['pds_without_choice', fact('pds-signed', 9, { place: 'IZI-TORINO' }), [registered]],
    ['attended_without_registration', attended, [chosen]],
    ['attended_and_absent', fact('absent', 8, { meetingId: 'm-1' }), [registered, attended]],
    ['attended_and_absent', fact('absent', 6), [registered, attended]],
    ['sa_outside_territory', fact('reception-held', 12, { place: 'CODEX-CUNEO' }), [registered]],
    ['recorded_late', fact('abandoned', 3, { recorded: MAY + 33 * DAY_MS + 1 }), [registered]],
    ['past_rewritten', fact('abandoned', 3, { rewritesPast: true }), [registered]],
    ['id_under_two_subjects', fact('abandoned', 3, { isDouble: true }), [registered]],
  ];

  it.each(cases)('%s', (kind, wrong, others) => {
    const facts = [...others, wrong].sort((a, b) => a.time - b.time);
    expect(found(facts)).toEqual({ [kind]: [wrong] });
  });

  it('is out of order within a programme cycle, not across two', () => {
    expect(found([fact('sa-chosen', 2, { place: 'IZI-TORINO' }), attended, registered])).toHaveProperty(
      'out_of_order',
    );
    const before = fact('sa-chosen', -200, { place: 'IZI-TORINO' });
    expect(found([before, registered, attended])).toEqual({});
  });

  it('leaves a booking time to be answered, by a meeting, a later one without a name, or a cancellation', () => {
    expect(found([registered, booked], 20)).toEqual({});
    expect(found([registered, booked], 21)).toEqual({ booking_unanswered: [booked] });
    expect(found([registered, booked, fact('absent', 7)])).toEqual({});
    expect(found([registered, booked, fact('absent', 7, { meetingId: 'm-2' })])).toHaveProperty(
      'booking_unanswered',
    );
    expect(found([registered, booked, fact('booking-cancelled', 2, { meetingId: 'm-1' })])).toEqual({});
  });

  it('counts thirty days as in time, and retractions among what rewrites the past', () => {
    expect(found([registered, fact('abandoned', 3, { recorded: MAY + 33 * DAY_MS })])).toEqual({});
    const retraction = fact('retracted', 5, { rewritesPast: true });
    expect(found([registered], 100, [retraction])).toEqual({ past_rewritten: [retraction] });
  });
});
