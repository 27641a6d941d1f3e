import { contacts } from './contacts.projection.js';
import { journeys } from './journeys.projection.js';
import { meetings } from './meetings.projection.js';
import { monthlyFunnel } from './monthly-funnel.projection.js';
import { type Projection } from './projection.js';
import { webTraffic } from './web-traffic.projection.js';

/** All projections, each base before those that fold over its rows. */
export const ALL_PROJECTIONS: readonly Projection[] = [
  journeys,
  meetings,
  contacts,
  webTraffic,
  monthlyFunnel,
];
