import { EventType } from '../declaration/event-type.js';
import { CatalogueCode, Flag, OneOf } from '../declaration/fields.js';

const SATISFACTION = ['fully_satisfied', 'satisfied', 'unsatisfied'] as const;
const HOW_HEARD = [
  'acquaintances',
  'job_centre',
  'internet',
  'trade_association',
  'other',
  'informamip_desk',
] as const;

@EventType({
  name: 'questionnaire-completed',
  version: 1,
  subject: 'journey',
  meaning: 'The person answered the quality questionnaire.',
  example: {
    sa: 'CNA-TORINO',
    tutor: 'fully_satisfied',
    methods: 'satisfied',
    organisation: 'satisfied',
    howHeard: 'job_centre',
    wouldRecommend: true,
  },
})
export class QuestionnaireCompleted {
  @CatalogueCode('sa', 'the SA that the answers are about')
  sa!: string;

  @OneOf(SATISFACTION, 'how satisfied with the tutor')
  tutor!: string;

  @OneOf(SATISFACTION, 'how satisfied with the methods')
  methods!: string;

  @OneOf(SATISFACTION, 'how satisfied with the organisation')
  organisation!: string;

  @OneOf(HOW_HEARD, 'how the person came to know of the programme')
  howHeard!: string;

  @Flag('whether the person would recommend the service')
  wouldRecommend!: boolean;
}
