import { baseProjection } from './base-projection.js';

/** The contacts that the help desk handled, a group for each day. */
export const contacts = baseProjection('contacts', 'contact-handled-', ['contact-handled']);
