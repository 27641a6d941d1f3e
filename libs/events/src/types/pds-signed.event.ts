import { EventType } from '../declaration/event-type.js';
import { CatalogueCode } from '../declaration/fields.js';

@EventType({
  name: 'pds-signed',
  version: 1,
  subject: 'journey',
  meaning: 'The person and the SA signed the PdS.',
  example: { sa: 'CNA-TORINO' },
})
export class PdsSigned {
  @CatalogueCode('sa', 'the SA that signed')
  sa!: string;
}
