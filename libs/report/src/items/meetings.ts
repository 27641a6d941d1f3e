import { VENUE_MODES } from '#catalogue';
import { statement, table, text, value } from '../build.js';
import { type Difference, type Note } from '../document.js';
import { type Answers, defineItem, type Questions } from '../item-definition.js';
import { column, monthColumns, monthRow, placeLines } from '../lines.js';
import { figureSource } from '../links.js';
import { rowsWhere, sumOf } from '../reading.js';
import { type ReportScope } from '../scope.js';

const asks = (scope: ReportScope) =>
  ({
    meetings: { figure: 'meetings', selection: scope.inYear(['venue']) },
    places: { figure: 'meeting-places', selection: scope.inYear(['mode']) },
    participants: { figure: 'monthly', selection: scope.inYear(['venue']) },
  }) satisfies Questions;

type Meetings = Answers<ReturnType<typeof asks>>;

/** Table 6: meetings by venue and month, in person and remote. */
export const meetings = defineItem({
  asks,
  items(scope, answers) {
    const months = scope.months();
    const first = column('venue', scope.say('venue'), 'text');
    const options = { first: 'venue', months, answer: answers.meetings, count: 'meetings' };
    const sources = [figureSource(scope, 'meetings/monthly', { groupBy: 'venue' })];
    const uneven = unevenPhoneMeetings(scope, answers);
    return [
      table(scope, 6, {
        columns: monthColumns(scope, first, months),
        rows: placeLines(scope, 'venue').map((line) => monthRow(scope, line, options)),
        sources,
        notes: uneven ? [uneven] : [],
      }),
      told(scope, answers),
    ];
  },
});

function told(scope: ReportScope, { meetings: held, places }: Meetings) {
  const byMode = (path: string, mode: string) => sumOf(places, path, { mode });
  const inPerson = scope.catalogue.venues.filter(({ mode }) => mode === 'in_person').map(({ code }) => code);
  const used = inPerson.filter((venue) => sumOf(held, 'meetings', { venue }) > 0);
  const quarter = scope
    .months()
    .slice(0, 3)
    .map(({ key }) => key);
  const remote = VENUE_MODES.filter((mode) => mode !== 'in_person');
  const withPlaces = byMode('meetingsWithPlaces', 'online');
  return text(
    scope,
    'meetings-text',
    [
      statement(scope, 'meetings-by-mode', [
        value('in_person', scope.say('mode.in_person'), byMode('meetings', 'in_person')),
        value(
          'in_person_first_quarter',
          scope.say('inPersonFirstQuarter'),
          sumOf(held, 'meetings', { venue: inPerson, month: quarter }),
        ),
        value('in_person_venues', scope.say('inPersonVenues'), used.length),
        value(
          'remote',
          scope.say('remote'),
          remote.reduce((sum, mode) => sum + byMode('meetings', mode), 0),
        ),
      ]),
      statement(scope, 'mean-online-places', [
        value(
          'places',
          scope.say('placesPerMeeting'),
          withPlaces === 0 ? null : byMode('places', 'online') / withPlaces,
          'decimal',
        ),
      ]),
    ],
    [figureSource(scope, 'meetings/monthly', { groupBy: 'mode' })],
  );
}

/** A meeting by phone is held with one person: where there are more or fewer than participants, the page says so. */
function unevenPhoneMeetings(
  scope: ReportScope,
  { meetings: held, participants }: Meetings,
): Note | undefined {
  const phone = scope.catalogue.venues.filter(({ mode }) => mode === 'phone');
  const differences = phone.flatMap(({ code, name }) =>
    scope.months().flatMap(({ key, number }): Difference[] => {
      const where = { venue: code, month: key };
      const [meeting, people] = [sumOf(held, 'meetings', where), sumOf(participants, 'attended', where)];
      if (meeting === people || rowsWhere(held, where).length === 0) return [];
      const label = `${name}, ${scope.month(number, 'long')} (${scope.say('participantsAgainstMeetings')})`;
      return [{ label, printed: people, computed: meeting, format: 'integer' }];
    }),
  );
  return differences.length === 0 ? undefined : { text: scope.say('note.phoneMeetings'), differences };
}
