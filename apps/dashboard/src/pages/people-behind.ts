import { hasRole } from '../api/session.js';
import { type Changes, linkTo } from '../state/address.js';

/** The list of the people behind a number of this page, at its cut-offs; null for who may not see them. */
export function peopleBehind(question: Changes): string | null {
  return hasRole('casework') ? linkTo('journeys', question) : null;
}
