import { baseProjection, namesAbout } from './base-projection.js';

/** Every fact of every journey. */
export const journeys = baseProjection('journeys', 'journey-', namesAbout('journey'));
