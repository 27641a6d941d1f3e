import { EventType } from '../declaration/event-type.js';
import { Count, OneOf, Optional } from '../declaration/fields.js';

@EventType({
  name: 'contact-handled',
  version: 1,
  subject: 'none',
  meaning: 'The help desk dealt with one contact.',
  example: { channel: 'phone', durationSeconds: 340, topic: 'booking' },
})
export class ContactHandled {
  @OneOf(['phone', 'chatbot'], 'the way the contact came in')
  channel!: string;

  @Optional()
  @Count('how many seconds it took')
  durationSeconds?: number;

  @Optional()
  @OneOf(
    ['programme_information', 'funding', 'web_access', 'booking', 'status', 'other'],
    'what it was about',
  )
  topic?: string;
}
