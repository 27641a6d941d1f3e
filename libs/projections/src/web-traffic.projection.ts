import { baseProjection } from './base-projection.js';

/** The daily web analytics, a group for each day on which they were taken. */
export const webTraffic = baseProjection('web_traffic', 'web-traffic-', ['web-traffic']);
