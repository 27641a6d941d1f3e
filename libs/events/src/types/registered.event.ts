import { EventType } from '../declaration/event-type.js';
import { BirthYear, CatalogueCode, Nested, OneOf, Optional } from '../declaration/fields.js';

/** Everything in it is a code or a year and optional: the log holds nothing that names a person. */
export class Profile {
  @Optional()
  @OneOf(['F', 'M', 'X'], 'gender')
  gender?: string;

  @Optional()
  @BirthYear('year of birth')
  birthYear?: number;

  @Optional()
  @OneOf(['none', 'lower', 'diploma', 'bachelor', 'master'], 'highest degree')
  education?: string;

  @Optional()
  @OneOf(['employed', 'not_employed', 'student', 'other'], 'working condition')
  employment?: string;
}

@EventType({
  name: 'registered',
  version: 1,
  subject: 'journey',
  meaning: 'A person registered in the Area Web; with this fact the journey begins.',
  example: {
    territory: 'TO',
    profile: { gender: 'F', birthYear: 1987, education: 'diploma', employment: 'not_employed' },
  },
})
export class Registered {
  @CatalogueCode('territory', 'the territory that the person registered for')
  territory!: string;

  @Optional()
  @Nested(Profile, 'what the person told about themselves, in codes')
  profile?: Profile;
}
