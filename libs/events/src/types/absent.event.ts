import { EventType } from '../declaration/event-type.js';
import { CatalogueCode, MeetingId, Optional } from '../declaration/fields.js';

@EventType({
  name: 'absent',
  version: 1,
  subject: 'journey',
  meaning: 'The person was expected at a pre-reception meeting and did not come.',
  example: { venue: 'ONLINE-TORINO', meetingId: 'M-2020-118' },
})
export class Absent {
  @CatalogueCode('venue', 'where the meeting was')
  venue!: string;

  @Optional()
  @MeetingId('the meeting, where it is known')
  meetingId?: string;
}
