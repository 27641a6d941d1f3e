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
  @EventSource('`source` of the event taken back')
  source!: string;

  @EventId('`id` of the event taken back')
  id!: string;

  @OneOf(['recorded_in_error', 'wrong_person', 'duplicate', 'other'], 'why it is taken back')
  reason!: string;

  @Optional()
  @FullType('full type of the event taken back; must be given unless it is a journey event')
  type?: string;

  @Optional()
  @CalendarDay('Rome day on which the event taken back occurred; must be given when it has no subject')
  day?: string;
}
