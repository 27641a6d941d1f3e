import { EventType } from '../declaration/event-type.js';
import { CatalogueCode } from '../declaration/fields.js';

@EventType({
  name: 'questionnaire-sent',
  version: 1,
  subject: 'journey',
  meaning: 'The quality questionnaire went out to the person.',
  example: { sa: 'CNA-TORINO' },
})
export class QuestionnaireSent {
  @CatalogueCode('sa', 'the SA that the questionnaire asks about')
  sa!: string;
}
