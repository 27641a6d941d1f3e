import { EventType } from '../declaration/event-type.js';
import { CatalogueCode } from '../declaration/fields.js';

@EventType({
  name: 'reception-held',
  version: 1,
  subject: 'journey',
  meaning: 'The SA received the person individually, and no PdS came of it that day.',
  example: { sa: 'CNA-TORINO' },
})
export class ReceptionHeld {
  @CatalogueCode('sa', 'the SA that received the person')
  sa!: string;
}
