/**
 * A long history for measuring: journeys that start evenly over five years and go on for some months, the facts of
 * many journeys interleaved in the order in which they were recorded. The same for the same number of facts.
 */
import { type Fact } from '#events';

const SOURCE = 'https://bench.example/area-web';
const START = Date.UTC(2018, 0, 1, 8);
const YEARS = 5;
const DAY = 86_400_000;

const VENUES = ['CPI-RIVOLI', 'ONLINE-TORINO', 'TEL-ASTI', 'TEL-BIELLA', 'TEL-CUNEO', 'CPI-CUNEO'];
const TERRITORIES = ['TO', 'TO', 'AL-AT', 'BI-NO-VC-VCO', 'CN', 'CN'];
const SAS = ['IZI-TORINO', 'CNA-TORINO', 'SOGES-ATAL', 'SOGES-NE', 'CODEX-CUNEO', 'ISCOM-CUNEO'];
const GENDERS = ['F', 'M', 'X'];
const EDUCATIONS = ['none', 'lower', 'diploma', 'bachelor', 'master'];
const EMPLOYMENTS = ['employed', 'not_employed', 'student', 'other'];

/** A small linear congruential generator: speed and sameness matter here, quality does not. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

export interface SyntheticFact {
  readonly journey: number;
  readonly step: number;
  readonly name: string;
  readonly time: number;
  readonly recorded: number;
  readonly data: Record<string, unknown>;
}

const FACTS_A_JOURNEY = 5;

function journeyFacts(journey: number, journeys: number, random: () => number): SyntheticFact[] {
  const home = Math.floor(random() * VENUES.length);
  const start =
    START + Math.floor((journey / journeys) * YEARS * 365) * DAY + Math.floor(random() * 9 * 3_600_000);
  const meetingId = `m-${journey % 5000}`;
  const payloads: [string, Record<string, unknown>][] = [
    [
      'registered',
      {
        territory: TERRITORIES[home],
        profile: {
          gender: GENDERS[Math.floor(random() * 2.05)],
          education: EDUCATIONS[Math.floor(random() * 5)],
          employment: EMPLOYMENTS[Math.floor(random() * 4)],
        },
      },
    ],
    ['booked', { venue: VENUES[home], meetingId, scheduledFor: new Date(start + 14 * DAY).toISOString() }],
    random() < 0.85
      ? ['attended', { venue: VENUES[home], meetingId }]
      : ['absent', { venue: VENUES[home], meetingId }],
    random() < 0.8 ? ['sa-chosen', { sa: SAS[home] }] : ['abandoned', { reason: 'changed_mind' }],
    random() < 0.7 ? ['pds-signed', { sa: SAS[home] }] : ['reception-held', { sa: SAS[home] }],
  ];
  let time = start;
  return payloads.map(([name, data], step) => {
    time += Math.floor(random() * random() * 60 * DAY) + 60_000;
    const delay = random() < 0.9 ? random() * 2 * DAY : random() * 60 * DAY;
    return { journey, step, name, time, recorded: time + Math.floor(delay), data };
  });
}

/** About `count` facts (a multiple of five), in the order of their recorded time. */
export function syntheticFacts(count: number): SyntheticFact[] {
  const random = randomNumbers(20_200_914);
  const journeys = Math.floor(count / FACTS_A_JOURNEY);
  const facts: SyntheticFact[] = [];
  for (let journey = 0; journey < journeys; journey += 1)
    facts.push(...journeyFacts(journey, journeys, random));
  return facts.sort((a, b) => a.recorded - b.recorded || a.journey - b.journey || a.step - b.step);
}

/** Where in a history the bench asks for what was known: two thirds of it and some more were recorded by then. */
export const pastDate = (history: readonly SyntheticFact[]): number =>
  history[Math.floor(history.length * 0.7)]!.recorded;

/** As a log keeps it. */
export function asFact({ journey, step, name, time, recorded, data }: SyntheticFact): Fact {
  return {
    source: SOURCE,
    id: `${journey}-${step}`,
    type: `it.mip.${name}.v1`,
    subject: `bench-${journey}`,
    time,
    recorded,
    accepted: recorded,
    data: data as Fact['data'],
  };
}

/** The fact as the line that an importer sends. */
export function asLine(fact: SyntheticFact): string {
  return JSON.stringify({
    specversion: '1.0',
    id: `${fact.journey}-${fact.step}`,
    source: SOURCE,
    type: `it.mip.${fact.name}.v1`,
    subject: `bench-${fact.journey}`,
    time: new Date(fact.time).toISOString(),
    recordedtime: new Date(fact.recorded).toISOString(),
    data: fact.data,
  });
}
