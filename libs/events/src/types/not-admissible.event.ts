import { EventType } from '../declaration/event-type.js';
import { CatalogueCode, OneOf, Optional } from '../declaration/fields.js';

@EventType({
  name: 'not-admissible',
  version: 1,
  subject: 'journey',
  meaning: 'The person was found to be outside the terms of the programme.',
  example: { sa: 'CNA-TORINO', reason: 'idea_not_viable' },
})
export class NotAdmissible {
  @Optional()
  @CatalogueCode('sa', 'the SA that found it, where one was involved')
  sa?: string;

  @Optional()
  @OneOf(['residence', 'age', 'already_in_business', 'idea_not_viable', 'other'], 'which term was not met')
  reason?: string;
}
