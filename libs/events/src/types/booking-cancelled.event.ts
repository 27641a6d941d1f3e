import { EventType } from '../declaration/event-type.js';
import { MeetingId } from '../declaration/fields.js';

@EventType({
  name: 'booking-cancelled',
  version: 1,
  subject: 'journey',
  meaning: 'The person gave the booked place back.',
  example: { meetingId: 'M-2020-118' },
})
export class BookingCancelled {
  @MeetingId('the meeting whose booking was cancelled')
  meetingId!: string;
}
