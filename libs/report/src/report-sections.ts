import { absence } from './items/absence.js';
import { attendedToPact } from './items/attended-to-pact.js';
import { autumn } from './items/autumn.js';
import { choiceShare } from './items/choice-share.js';
import { choices } from './items/choices.js';
import { helpDesk } from './items/help-desk.js';
import { introduction } from './items/introduction.js';
import { meetings } from './items/meetings.js';
import { pacts } from './items/pacts.js';
import { participantsByYear } from './items/participants-by-year.js';
import { participants } from './items/participants.js';
import { registeredProfile, signedProfile } from './items/profile.js';
import { quality } from './items/quality.js';
import { registeredByMonth } from './items/registered-by-month.js';
import { registered } from './items/registered.js';
import { summary } from './items/summary.js';
import { webSite } from './items/web-site.js';
import { type ItemDefinition } from './item-definition.js';
import { type Word } from './words.js';

/** The sections of the annual report in its order. The words of the dictionary under their ids are their titles. */
export const REPORT_SECTIONS: readonly { readonly id: Word; readonly items: readonly ItemDefinition[] }[] = [
  { id: 'introduction', items: [introduction] },
  { id: 'help-desk', items: [helpDesk] },
  { id: 'registered-section', items: [registered, registeredProfile, registeredByMonth] },
  { id: 'web-site', items: [webSite] },
  { id: 'meetings-section', items: [participants, absence, participantsByYear, meetings] },
  { id: 'choices-section', items: [choices, choiceShare] },
  { id: 'pacts-section', items: [pacts, autumn, signedProfile] },
  { id: 'summary', items: [summary, attendedToPact] },
  { id: 'quality', items: [quality] },
];
