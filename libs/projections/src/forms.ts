import { type Stage } from '#events';
import { type ModelForm } from '#read-models';

/** The names of the projections: each keeps one read model. */
export const PROJECTIONS = ['journeys', 'meetings', 'contacts', 'web_traffic', 'monthly_funnel'] as const;
export type ProjectionName = (typeof PROJECTIONS)[number];

/**
 * The rows of the base read models: a fact with everything that was sent, one row a fact, retractions among them.
 * The group is the journey's or meeting's id, for facts without subject the stream of the fact; a retraction
 * stands in the group of the fact that it takes back.
 */
export const FACT_FORM: ModelForm = {
  grouped: true,
  columns: [
    { name: 'name', type: 'text' },
    { name: 'type', type: 'text' },
    { name: 'time', type: 'integer' },
    { name: 'recorded', type: 'integer' },
    { name: 'accepted', type: 'integer' },
    { name: 'source', type: 'text' },
    { name: 'id', type: 'text' },
    { name: 'subject', type: 'text' },
    /** Of a retraction: the position of the fact that it takes back; else null. */
    { name: 'retracts', type: 'integer' },
    /** JSON, as it was sent. */
    { name: 'data', type: 'text' },
    /** JSON of the other attributes, or null. */
    { name: 'attributes', type: 'text' },
  ],
};

/**
 * The rows of the monthly funnel: steps over the recorded time. A figure at a past date is the sum of `delta` over
 * the rows of its cells with `recorded` up to that date. The group is the journey's id.
 */
export const ENTRY_STEP_FORM: ModelForm = {
  grouped: false,
  columns: [
    { name: 'stage', type: 'text' },
    { name: 'cycle', type: 'text' },
    /** Calendar day of Europe/Rome of the entry, counted from 1970-01-01. */
    { name: 'day', type: 'integer' },
    /** Instant of the entry. */
    { name: 'time', type: 'integer' },
    /** From this recorded instant on the step counts. */
    { name: 'recorded', type: 'integer' },
    /** +1: the entry begins to be so; −1: it ceases to be so. */
    { name: 'delta', type: 'integer' },
    { name: 'returning', type: 'integer' },
    { name: 'territory', type: 'text' },
    { name: 'venue', type: 'text' },
    { name: 'mode', type: 'text' },
    { name: 'sa', type: 'text' },
    { name: 'gender', type: 'text' },
    { name: 'education', type: 'text' },
    { name: 'employment', type: 'text' },
  ],
};

/** An entry step in words; the order of the properties is that of the form. */
export interface EntryStep {
  readonly stage: Stage;
  readonly cycle: string;
  readonly day: number;
  readonly time: number;
  readonly recorded: number;
  readonly delta: 1 | -1;
  readonly returning: 0 | 1;
  readonly territory: string;
  readonly venue: string;
  readonly mode: string;
  readonly sa: string;
  readonly gender: string;
  readonly education: string;
  readonly employment: string;
}
