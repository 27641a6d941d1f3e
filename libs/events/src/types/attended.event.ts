import { EventType } from '../declaration/event-type.js';
import { CatalogueCode, MeetingId, Optional } from '../declaration/fields.js';

@EventType({
  name: 'attended',
  version: 1,
  subject: 'journey',
  meaning: 'The person was at a pre-reception meeting.',
  example: { venue: 'ONLINE-TORINO', meetingId: 'M-2020-118' },
})
export class Attended {
  @CatalogueCode('venue', 'where the meeting was')
  venue!: string;

  @Optional()
  @MeetingId('the meeting, where it is known')
  meetingId?: string;
}
