import { baseProjection, namesAbout } from './base-projection.js';

/** The pre-reception meetings that were held. */
export const meetings = baseProjection('meetings', 'meeting-', namesAbout('meeting'));
