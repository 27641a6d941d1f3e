import { type FactName } from '#events';

const ROOT = '/synthetic/mip';

const SOURCE = {
  areaWeb: `${ROOT}/area-web`,
  jobCentres: `${ROOT}/job-centres`,
  providers: `${ROOT}/providers`,
  helpDesk: `${ROOT}/help-desk`,
  webAnalytics: `${ROOT}/web-analytics`,
} as const;

/** All `source` values of the synthetic history. Every one says that it is synthetic. */
export const DEMO_SOURCES: readonly string[] = Object.values(SOURCE);

/** Whether an event with this `source` belongs to the synthetic history. */
export function isDemoSource(source: string): boolean {
  return DEMO_SOURCES.includes(source);
}

const SOURCE_BY_NAME: Partial<Record<FactName, string>> = {
  attended: SOURCE.jobCentres,
  absent: SOURCE.jobCentres,
  'meeting-held': SOURCE.jobCentres,
  'reception-held': SOURCE.providers,
  'pds-signed': SOURCE.providers,
  'not-admissible': SOURCE.providers,
  abandoned: SOURCE.providers,
  'contact-handled': SOURCE.helpDesk,
  'web-traffic': SOURCE.webAnalytics,
};

/** The system that sends facts of this type; what a person does on the web comes from the Area Web. */
export function sourceOf(name: FactName): string {
  return SOURCE_BY_NAME[name] ?? SOURCE.areaWeb;
}
