import { type JsonObject } from '#events';
import { type ModelInfo, type ReadModelStore } from '#read-models';
import { EntryRuns } from './entry-runs.js';
import { FactTable } from './fact-table.js';
import { FollowedModel } from './followed-model.js';
import { JourneyColumns } from './journey-columns.js';

export interface MeetingValue {
  readonly venue: string;
  readonly capacity: number | undefined;
}

export interface ContactValue {
  readonly channel: string;
  readonly durationSeconds: number | undefined;
  readonly topic: string | undefined;
}

export interface WebValue {
  readonly date: string;
  readonly uniquePageViews: number;
  readonly visits: number | undefined;
  readonly homeEntrances: number | undefined;
}

const number = (data: JsonObject, key: string) => data[key] as number | undefined;

/** Meetings with their venue and how many people had a place. */
export const meetingTable = () =>
  new FactTable<MeetingValue>((data) => ({
    venue: data['venue'] as string,
    capacity: number(data, 'capacity'),
  }));

export const contactTable = () =>
  new FactTable<ContactValue>((data) => ({
    channel: data['channel'] as string,
    durationSeconds: number(data, 'durationSeconds'),
    topic: data['topic'] as string | undefined,
  }));

export const webTrafficTable = () =>
  new FactTable<WebValue>((data) => ({
    date: data['date'] as string,
    uniquePageViews: data['uniquePageViews'] as number,
    visits: number(data, 'visits'),
    homeEntrances: number(data, 'homeEntrances'),
  }));

/** The read models that figures are answered from, each with the columns that hold it. */
export class FigureModels {
  readonly steps: FollowedModel<EntryRuns>;
  readonly journeys: FollowedModel<JourneyColumns>;
  readonly meetings: FollowedModel<FactTable<MeetingValue>>;
  readonly contacts: FollowedModel<FactTable<ContactValue>>;
  readonly webTraffic: FollowedModel<FactTable<WebValue>>;

  constructor(private readonly store: ReadModelStore) {
    this.steps = new FollowedModel(store, 'monthly_funnel', () => new EntryRuns());
    this.journeys = new FollowedModel(store, 'journeys', () => new JourneyColumns());
    this.meetings = new FollowedModel(store, 'meetings', meetingTable);
    this.contacts = new FollowedModel(store, 'contacts', contactTable);
    this.webTraffic = new FollowedModel(store, 'web_traffic', webTrafficTable);
  }

  get all() {
    return [this.journeys, this.meetings, this.contacts, this.webTraffic, this.steps] as const;
  }

  models(): Promise<readonly ModelInfo[]> {
    return this.store.models();
  }
}
