import { EventType } from '../declaration/event-type.js';
import { CatalogueCode, OneOf, Optional } from '../declaration/fields.js';

@EventType({
  name: 'abandoned',
  version: 1,
  subject: 'journey',
  meaning: 'The person left the programme of their own accord.',
  example: { sa: 'CNA-TORINO', reason: 'found_job' },
})
export class Abandoned {
  @Optional()
  @CatalogueCode('sa', 'the SA that accompanied the person, where there was one')
  sa?: string;

  @Optional()
  @OneOf(
    ['changed_mind', 'found_job', 'went_ahead_alone', 'no_funding', 'no_contact', 'other'],
    'why the person left',
  )
  reason?: string;
}
