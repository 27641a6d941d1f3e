import { EventType } from '../declaration/event-type.js';
import { CatalogueCode, Count, Optional } from '../declaration/fields.js';

@EventType({
  name: 'meeting-held',
  version: 1,
  subject: 'meeting',
  meaning: 'A pre-reception meeting was held.',
  example: { venue: 'ONLINE-TORINO', capacity: 25 },
})
export class MeetingHeld {
  @CatalogueCode('venue', 'where it was')
  venue!: string;

  @Optional()
  @Count('how many places it had')
  capacity?: number;
}
