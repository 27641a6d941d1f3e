import { reportFigures as printed } from '#history';
import { type PrintedCell } from './printed-report.js';

const { prose, profile_pct: profile, web_traffic: web, services } = printed;

/** Values of one statement of a text. */
const told = (item: string, row: string, values: Readonly<Record<string, number | string>>): PrintedCell[] =>
  Object.entries(values).map(([column, value]) => ({ item, row, column, value }));

const earlier = printed.table3_carried_over.registered_2017_2019_attended_2020;
const sameYear = printed.table3_carried_over.registered_and_attended_2020;
const all = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Every figure that the report prints in its text and that is no error. */
export const PRINTED_TEXT: readonly PrintedCell[] = [
  ...told('help-desk-text', 'mean-call-minutes', {
    '2020-01..2020-04': prose.mean_call_minutes['2020-01..2020-04']!,
    '2020-05..2020-12': prose.mean_call_minutes['otherwise']!,
  }),
  ...told('help-desk-text', 'weekly-hours', {
    'phone-2019': prose.weekly_hours['phone 2019']!,
    'phone-2020': prose.weekly_hours['phone 2020']!,
    'chatbot-2020': prose.weekly_hours['chatbot 2020']!,
  }),
  ...told('registered-change', 'AL-AT', {
    '2020-03': prose.registered_change_pct['2020-03 vs 2020-02']!['AL-AT']!,
  }),
  ...told('registered-change', 'TO', {
    '2020-11': prose.registered_change_pct['2020-11 vs 2020-10']!['TO']!,
  }),
  ...told('registered-text', 'registered-share', prose.registered_share_pct),
  ...told('participants-text', 'participants-share', prose.participants_share_pct),
  ...told('registered-two-years', '03', { difference: -prose.registered_march_2019_minus_2020 }),
  ...told('web-site-text', 'page-views', {
    before: web.unique_page_views['2019'],
    now: web.unique_page_views['2020'],
    fewer: prose.unique_page_views_fewer,
  }),
  ...told('web-site-text', 'home-entrances', { now: web.home_page_entrances_2020 }),
  ...told('web-site-text', 'peak-day', { date: web.peak.date, visits: web.peak.visits }),
  ...told('meetings-text', 'meetings-by-mode', {
    in_person: prose.meetings.in_person_first_quarter,
    in_person_first_quarter: prose.meetings.in_person_first_quarter,
    in_person_venues: prose.meetings.in_person_venues,
    remote: prose.meetings.remote,
  }),
  ...told('meetings-text', 'mean-online-places', { places: prose.mean_online_capacity }),
  ...told('carried-over', 'registered-earlier', { ...earlier, total: all(earlier) }),
  ...told('carried-over', 'registered-and-attended', { ...sameYear, total: all(sameYear) }),
  ...told('participants-by-year-text', 'participants-fewer', {
    fewer: prose.participants_fewer_than_2019,
    pct: prose.participants_fewer_pct,
  }),
  ...told('choices-text', 'choices-returning', {
    all: printed.table7_choices.total,
    returning: printed.table7_choices.of_which_returning_from_2017_2019,
  }),
  ...told('pacts-text', 'awaiting-pact', { awaiting: printed.table9_pacts.awaiting }),
  ...told('pacts-text', 'pact-share', prose.pact_share_pct),
  ...told('autumn-text', 'pacts-autumn', prose.pacts_sep_dec),
  ...told('summary-text', 'mean-loss', prose.cumulative_loss_pct),
  ...told('summary-text', 'signed-of-registered', {
    total: prose.signed_of_registered_pct['regional']!,
    'BI-NO-VC-VCO': prose.signed_of_registered_pct['BI-NO-VC-VCO']!,
  }),
  ...told('summary-text', 'loss-growth', { points: prose.loss_growth_points }),
  ...told('profile-text', 'profile-registered', profile.registered),
  ...told('signed-profile-text', 'profile-points', {
    women: profile.signed_pact_vs_registered_points['women']!,
    degree_at_least: profile.signed_pact_vs_registered_points['graduates']!,
    not_working: profile.signed_pact_vs_registered_points['unemployed']!,
  }),
  ...told('quality-text', 'questionnaires-sent', printed.table12_questionnaire.sent),
  ...told('quality-text', 'questionnaires-completed', printed.table12_questionnaire.completed),
  ...told('introduction-text', 'suspension-saChosen', {
    from: services.provider_choice_suspended.from,
    reopened: services.provider_choice_suspended.reopened,
  }),
  ...told('introduction-text', 'suspension-attended', {
    from: services.in_person_meetings_suspended_from,
    reopened: services.remote_meetings_from,
  }),
];
