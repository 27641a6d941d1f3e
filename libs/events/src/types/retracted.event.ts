import { EventType } from '../declaration/event-type.js';
import { CalendarDay, EventId, EventSource, FullType, OneOf, Optional } from '../declaration/fields.js';

@EventType({
  name: 'retracted',
  version: 1,
  subject: 'target',
  meaning:
    'An earlier event should not have been recorded. Nothing is removed: figures as known before the retraction still count that event.',
  example: {
    source: '/area-web',
    id: 'attended-example',
    reason: 'wrong_person',
    type: 'it.mip.attended.v1',
    day: '2020-05-12',
  },
})
export class Retracted {
  @EventSource('the `source` that the event to take back has')
  source!: string;

  @EventId('the `id` that it has there')
  id!: string;

  @OneOf(['recorded_in_error', 'wrong_person', 'duplicate', 'other'], 'why it is taken back')
  reason!: string;

  @Optional()
  @FullType('the full type that it has; must be given unless it is a journey event')
  type?: string;

  @Optional()
  @CalendarDay('the day on which it occurred, in Rome; must be given for an event without subject')
  day?: string;
}
