import { type Day, type Instant, romeDay } from '#calendar';
import { absenceFigure } from './absence.figure.js';
import { cohortFigure } from './cohort.figure.js';
import { comparisonFigure } from './comparison.figure.js';
import { contactsFigure } from './contacts.figure.js';
import { diffFigure } from './diff.figure.js';
import { type FigureBody } from './figure-body.js';
import { FigureError } from './figure.error.js';
import { type FigureModels } from './figure-models.js';
import { type FigureAnswer, type FigureRequest } from './figure-request.js';
import { type Columns, type FollowedModel, type LoadedModel } from './followed-model.js';
import { funnelFigure } from './funnel.figure.js';
import { type JourneyColumns } from './journey-columns.js';
import { hysteresisFigure } from './hysteresis.figure.js';
import { journeyFigure } from './journey.figure.js';
import { journeysFigure } from './journeys.figure.js';
import { meetingPlacesFigure, meetingsFigure } from './meetings.figure.js';
import { nowcastBacktest } from './nowcast-backtest.figure.js';
import { nowcastFigure } from './nowcast.figure.js';
import { type OtherFacts } from './other-findings.js';
import { periodRatioFigure } from './period-ratio.figure.js';
import { findingsOfKind, qualityFigure } from './quality.figure.js';
import { questionnaireAnswersFigure, questionnaireFigure } from './questionnaire.figure.js';
import { recordingDelayFigure } from './recording-delay.figure.js';
import { stockFigure } from './stock.figure.js';
import { triangleFigure } from './triangle.figure.js';
import { webTrafficDailyFigure, webTrafficFigure } from './web-traffic.figure.js';

export type ServedModel = Pick<FollowedModel<Columns>, 'projection' | 'loaded' | 'refresh'>;

/** The models that a figure is answered from. Of several, the one that is furthest behind gives the position. */
export function servedBy({ figure }: FigureRequest, models: FigureModels): readonly ServedModel[] {
  switch (figure) {
    case 'monthly':
    case 'cumulative':
    case 'period-ratio':
      return [models.steps];
    case 'meetings':
    case 'meeting-places':
      return [models.meetings];
    case 'contacts':
      return [models.contacts];
    case 'web-traffic':
    case 'web-traffic-daily':
      return [models.webTraffic];
    case 'recording-delay':
    case 'quality':
    case 'quality-journeys':
      return [models.journeys, models.meetings, models.contacts, models.webTraffic];
    default:
      return [models.journeys];
  }
}

/**
 * Answers from what is in memory now.
 *
 * @param now the time of the answer
 *
 * Rejects with a `FigureError`, `MeasureError` or `ReadModelError`.
 */
export async function answerFrom(
  request: FigureRequest,
  models: FigureModels,
  now: Instant,
): Promise<FigureAnswer> {
  const { selection } = request;
  switch (request.figure) {
    case 'monthly':
    case 'cumulative': {
      const { figure } = request;
      return signed(models.steps, (source) => funnelFigure(source, selection, figure));
    }
    case 'period-ratio':
      return signed(models.steps, (source) => periodRatioFigure(source, selection, request));
    case 'absence':
      return signed(models.journeys, (source) => absenceFigure(source, selection));
    case 'cohort':
      return signed(models.journeys, (source) => cohortFigure(source, selection, request));
    case 'hysteresis':
      return signed(models.journeys, (source) => hysteresisFigure(source, selection, request, romeDay(now)));
    case 'hysteresis-compare':
      return signed(models.journeys, (source) => comparisonFigure(source, selection, request, romeDay(now)));
    case 'hysteresis-triangle':
      return signed(models.journeys, (source) => triangleFigure(source, selection, request, now));
    case 'nowcast':
      return signed(models.journeys, (source) => nowcastFigure(source, selection, request, romeDay(now)));
    case 'nowcast-backtest':
      return signed(models.journeys, (source) => nowcastBacktest(source, selection, request, romeDay(now)));
    case 'stock':
      return signed(models.journeys, (source) => stockFigure(source, selection));
    case 'questionnaire':
      return signed(models.journeys, (source) => questionnaireFigure(source, selection));
    case 'questionnaire-answers':
      return signed(models.journeys, (source) => questionnaireAnswersFigure(source, selection));
    case 'meetings':
      return signed(models.meetings, (source) => meetingsFigure(source, selection));
    case 'meeting-places':
      return signed(models.meetings, (source) => meetingPlacesFigure(source, selection));
    case 'contacts':
      return signed(models.contacts, (source) => contactsFigure(source, selection));
    case 'web-traffic':
      return signed(models.webTraffic, (source) => webTrafficFigure(source, selection));
    case 'web-traffic-daily':
      return signed(models.webTraffic, (source) => webTrafficDailyFigure(source, selection));
    case 'recording-delay':
      return recordingDelays(models, selection, now);
    case 'diff':
      return signed(models.journeys, (source) =>
        diffFigure(source, { ...selection, before: request.before, after: request.after }),
      );
    case 'journeys':
      return journeysAsOf(models, request);
    case 'quality':
      return fromAll(models, (source) => qualityFigure(source, selection, romeDay(now)));
    case 'quality-journeys':
      return findingsAsOf(models, request, romeDay(now));
    case 'journey':
      return signed(models.journeys, (source) => journeyFigure(source, request.id, selection, romeDay(now)));
  }
}

/** A later page is as of the position that the first one had. */
async function journeysAsOf(
  { journeys }: FigureModels,
  { selection, question, page }: Extract<FigureRequest, { figure: 'journeys' }>,
): Promise<FigureAnswer> {
  const answer = await signed(journeys, (source) => journeysFigure(source, selection, question, page));
  return { ...answer, position: page.asOf ?? answer.position };
}

async function findingsAsOf(
  models: FigureModels,
  { selection, kind, page }: Extract<FigureRequest, { figure: 'quality-journeys' }>,
  today: Day,
): Promise<FigureAnswer> {
  const answer = await fromAll(models, (source) => findingsOfKind(source, selection, kind, page, today));
  return { ...answer, position: page.asOf ?? answer.position };
}

function recordingDelays(
  models: FigureModels,
  selection: FigureRequest['selection'],
  now: Instant,
): Promise<FigureAnswer> {
  return fromAll(models, ({ columns: journeys, others, catalogue, position: upTo }) =>
    recordingDelayFigure({ journeys, ...others, catalogue, upTo }, selection, now),
  );
}

/** From four models: as of the position that all of them have reached. */
async function fromAll(
  models: FigureModels,
  answer: (
    source: LoadedModel<JourneyColumns> & { readonly others: OtherFacts },
  ) => FigureBody | Promise<FigureBody>,
): Promise<FigureAnswer> {
  const journeys = serving(models.journeys);
  const meetings = serving(models.meetings);
  const contacts = serving(models.contacts);
  const webTraffic = serving(models.webTraffic);
  const position = Math.min(...[journeys, meetings, contacts, webTraffic].map((loaded) => loaded.position));
  const others = {
    meetings: meetings.columns,
    contacts: contacts.columns,
    webTraffic: webTraffic.columns,
  };
  const { digest } = journeys.catalogue;
  return { ...(await answer({ ...journeys, position, others })), position, catalogue: digest };
}

async function signed<C extends Columns>(
  model: FollowedModel<C>,
  answer: (source: LoadedModel<C>) => FigureBody | Promise<FigureBody>,
): Promise<FigureAnswer> {
  const loaded = serving(model);
  // Both are taken before anything is waited for: rows that come meanwhile are not in this answer.
  const { position, info } = loaded;
  const body = await answer({ ...loaded });
  return { ...body, position, catalogue: info.catalogueDigest };
}

function serving<C extends Columns>({ projection, loaded }: FollowedModel<C>): LoadedModel<C> {
  if (!loaded) throw new FigureError('unavailable', `No read model ${projection} serves yet.`);
  return loaded;
}
