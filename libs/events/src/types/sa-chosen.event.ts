import { EventType } from '../declaration/event-type.js';
import { CatalogueCode } from '../declaration/fields.js';

@EventType({
  name: 'sa-chosen',
  version: 1,
  subject: 'journey',
  meaning: 'The person chose the SA that is to accompany them; a later choice replaces an earlier one.',
  example: { sa: 'CNA-TORINO' },
})
export class SaChosen {
  @CatalogueCode('sa', 'the SA that was chosen')
  sa!: string;
}
