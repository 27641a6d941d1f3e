import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Numbers by code (venue, SA, territory or channel), one a month. */
export type MonthlyTable = Readonly<Record<string, readonly number[]>>;
/** Numbers by territory or another code. */
export type Counts = Readonly<Record<string, number>>;

export interface ChoiceShare {
  readonly participants: number;
  readonly chose: number;
  readonly chose_pct: number;
  readonly not_chosen: number;
  readonly not_chosen_pct: number;
}

/** The figures that the annual report 2020 prints, in the words of its data file. */
export interface ReportFigures {
  /** January to December 2020, `YYYY-MM`. */
  readonly months: readonly string[];
  readonly venues: readonly { code: string; name: string; territory: string; mode: string }[];
  readonly providers: readonly { code: string; name: string; territory: string }[];
  readonly table1_contacts: Readonly<Record<'2019' | '2020', MonthlyTable>>;
  readonly table2_registered: MonthlyTable;
  readonly table3_participants: MonthlyTable;
  readonly table3_carried_over: {
    readonly registered_2017_2019_attended_2020: Counts;
    readonly registered_and_attended_2020: Counts;
  };
  readonly table4_absence: Readonly<
    Record<string, { registered: number; not_participating: number; rate_pct: number }>
  >;
  readonly table5_participants_by_year: Readonly<Record<'2019' | '2020', Counts>>;
  readonly table6_meetings: MonthlyTable;
  readonly table7_choices: {
    readonly months: readonly string[];
    readonly by_provider: MonthlyTable;
    readonly total: number;
    readonly of_which_returning_from_2017_2019: number;
    readonly open_since: string;
  };
  readonly table8_abandonment_or_hysteresis: Readonly<Record<string, ChoiceShare>>;
  readonly table9_pacts: {
    readonly months: readonly string[];
    readonly by_provider: MonthlyTable;
    readonly by_territory: Readonly<Record<string, { signed: number; pct_of_choices: number }>>;
    readonly total: number;
    readonly total_pct_of_choices: number;
    readonly awaiting: number;
  };
  readonly table10_pacts_by_year: {
    /** `MM`. */
    readonly months: readonly string[];
    readonly '2019': MonthlyTable;
    readonly '2020': MonthlyTable;
    readonly change_pct: Counts;
  };
  readonly table11_attended_to_pact: Readonly<
    Record<
      '2019' | '2020',
      { participants: number; signed: number; signed_pct: number; lost: number; lost_pct: number }
    >
  >;
  readonly table12_questionnaire: {
    readonly sent: Counts;
    readonly completed: Counts;
    /** SA, then the answers on tutor, methods and organisation. */
    readonly answers: readonly (readonly [string, string, string, string])[];
    readonly how_heard: {
      readonly scale: readonly string[];
      readonly TO: readonly number[];
      readonly CN: readonly number[];
    };
    readonly would_recommend: number;
  };
  readonly web_traffic: {
    readonly unique_page_views: Readonly<Record<'2019' | '2020', number>>;
    readonly home_page_entrances_2020: number;
    readonly peak: { readonly date: string; readonly visits: number };
  };
  readonly profile_pct: {
    readonly registered: Counts;
    readonly signed_pact_vs_registered_points: Counts;
  };
  readonly prose: ReportProse;
  readonly services: {
    readonly provider_choice_suspended: { readonly from: string; readonly reopened: string };
    readonly in_person_meetings_suspended_from: string;
    readonly remote_meetings_from: string;
  };
}

/** Figures that stand in the text of the report. */
export interface ReportProse {
  readonly registered_change_pct: Readonly<Record<string, Counts>>;
  readonly registered_share_pct: Counts;
  readonly participants_share_pct: Counts;
  readonly registered_march_2019_minus_2020: number;
  readonly mean_call_minutes: Counts;
  readonly information_requests_pct_over: number;
  readonly weekly_hours: Counts;
  readonly unique_page_views_fewer: number;
  readonly meetings: {
    readonly in_person_first_quarter: number;
    readonly in_person_venues: number;
    readonly remote: number;
  };
  readonly mean_online_capacity: number;
  readonly participants_fewer_than_2019: number;
  readonly participants_fewer_pct: number;
  readonly pacts_sep_dec: Counts;
  readonly pact_share_pct: Counts;
  readonly signed_of_registered_pct: Counts;
  readonly cumulative_loss_pct: Counts;
  readonly loss_growth_points: number;
}

/** The data stand beside `src`; compiled code stands one folder deeper (`dist`) than they do. */
function dataFile(): string {
  const here = import.meta.url;
  const up = here.includes('/dist/libs/history/') ? '../../../../libs/history' : '..';
  return fileURLToPath(new URL(`${up}/data/report-2020.json`, here));
}

/** The printed figures of the annual report 2020: what the synthetic history has to reproduce. */
export const reportFigures = JSON.parse(readFileSync(dataFile(), 'utf8')) as ReportFigures;
