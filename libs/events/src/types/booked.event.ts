import { EventType } from '../declaration/event-type.js';
import { CatalogueCode, DateTime, MeetingId } from '../declaration/fields.js';

@EventType({
  name: 'booked',
  version: 1,
  subject: 'journey',
  meaning: 'The person booked a place in a pre-reception meeting.',
  example: { venue: 'ONLINE-TORINO', meetingId: 'M-2020-118', scheduledFor: '2020-05-12T10:00:00+02:00' },
})
export class Booked {
  @CatalogueCode('venue', 'where the booked meeting is to be')
  venue!: string;

  @MeetingId('the meeting that was booked')
  meetingId!: string;

  @DateTime('when the booked meeting is to begin')
  scheduledFor!: string;
}
