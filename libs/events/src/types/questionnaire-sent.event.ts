import { EventType } from '../declaration/event-type.js';
import { CatalogueCode } from '../declaration/fields.js';

@EventType({
  name: 'questionnaire-sent',
  version: 1,
  subject: 'journey',
  meaning: 'The person was sent the quality questionnaire.',
  example: { sa: 'CNA-TORINO' },
})
export class QuestionnaireSent {
  @CatalogueCode('sa', 'the SA that the questionnaire asks about')
  sa!: string;
}
