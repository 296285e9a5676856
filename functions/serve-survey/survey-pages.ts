import { pauseRetrySeconds } from '../../shared/care/emailing/pause.ts';
import type { Link } from '../../shared/care/patient/patient.ts';
import { painOverTime, type Survey } from '../../shared/care/survey/answering.ts';
import type { OpenedSurvey, openSurveyWith } from '../../shared/care/survey/open-survey.ts';
import { readPreselection } from '../../shared/care/survey/preselection.ts';
import type { saveDraftWith } from '../../shared/care/survey/save-draft.ts';
import type { submitSurveyWith } from '../../shared/care/survey/submit-survey.ts';
import { addDays } from '../../shared/platform/calendar.ts';
import type { HttpResponse } from '../../shared/platform/http/http.ts';
import type { Clock } from '../../shared/platform/ports.ts';
import {
  type AnsweredPage,
  renderAnsweredPage,
  renderConfirmPage,
} from '../../shared/web/survey/answered-pages.tsx';
import type { PageFrame } from '../../shared/web/survey/frame.ts';
import { renderClosedPage, renderHelpPage } from '../../shared/web/survey/pages.tsx';
import { renderPausedPage } from '../../shared/web/survey/paused-page.tsx';
import { type SurveyForm, shownAgain, valuesOf } from '../../shared/web/survey/survey-form.ts';
import { renderSurveyPage } from '../../shared/web/survey/survey-page.tsx';
import type { PageRequest } from './page-request.ts';
import { frameFor, messagePage, type PageSettings, page } from './pages.ts';

export type SurveyParts = {
  readonly settings: PageSettings;
  readonly clock: Clock;
  /** Finds the link that a token opens; undefined where it is unknown, expired or malformed. */
  readonly follow: (token: string) => Promise<Link | undefined>;
  readonly open: ReturnType<typeof openSurveyWith>;
  readonly submit: ReturnType<typeof submitSurveyWith>;
  readonly saveDraft: ReturnType<typeof saveDraftWith>;
};

/** The query parameter of the link that shows the answers for changing them. */
const changeParameter = 'change';

/** Returns what the pages after a submission show. */
export const answeredPage = (frame: PageFrame, survey: Survey): AnsweredPage => ({
  frame,
  changeHref: `${frame.path}?${changeParameter}=1&lang=${frame.locale}`,
  changeUntil: addDays(survey.episode.serviceDate, survey.touchpoint.window.closesDay),
  pain: painOverTime(survey),
});

/** The page in place of a survey that cannot be answered; undefined for one that can. */
const pageWithoutSurvey = (
  parts: SurveyParts,
  request: PageRequest,
  opened: OpenedSurvey,
): HttpResponse | undefined => {
  switch (opened.outcome) {
    case 'not-found':
      return messagePage(parts.settings, 'not-found', request);
    case 'care':
      return page(200, renderHelpPage(frameFor(parts.settings, request, opened.profile)));
    case 'closed':
      return page(410, renderClosedPage(frameFor(parts.settings, request, opened.profile)));
    case 'answerable':
      return undefined;
  }
};

/** The page in place of a form while surveys are paused: 503 with `Retry-After`. */
const pausedPage = (frame: PageFrame): HttpResponse => {
  const response = page(503, renderPausedPage(frame));
  return { ...response, headers: { ...response.headers, 'retry-after': String(pauseRetrySeconds) } };
};

const openLink = async (parts: SurveyParts, { token }: PageRequest): Promise<OpenedSurvey> => {
  const link = await parts.follow(token);
  return link === undefined ? { outcome: 'not-found' } : parts.open(link);
};

/** `GET /s/{token}`: the survey, its answers, or why there is none. It writes nothing. */
export const showSurvey = async (parts: SurveyParts, request: PageRequest): Promise<HttpResponse> => {
  const opened = await openLink(parts, request);
  if (opened.outcome !== 'answerable') {
    return pageWithoutSurvey(parts, request, opened) ?? messagePage(parts.settings, 'problem', request);
  }
  const { survey, profile } = opened;
  const { response, draft, episode } = survey;
  const frame = frameFor(parts.settings, request, profile);
  const shownAt = parts.clock.now();
  if (response?.quality === 'suspect') {
    const { assisted } = response;
    return page(200, renderConfirmPage({ frame, values: valuesOf(response.answers), assisted, shownAt }));
  }
  if (response !== undefined && request.query[changeParameter] === undefined) {
    return page(200, renderAnsweredPage(answeredPage(frame, survey)));
  }
  if (opened.isPaused) return pausedPage(frame);
  const { family } = episode;
  if (response !== undefined) {
    const values = valuesOf(response.answers);
    const { assisted } = response;
    return page(200, renderSurveyPage({ frame, family, values, assisted, shownAt, mode: 'review' }));
  }
  return page(
    200,
    renderSurveyPage({
      frame,
      family,
      values: { ...draft?.values, ...readPreselection(request.query) },
      assisted: draft?.assisted ?? false,
      ...(draft?.signs === undefined ? {} : { signs: draft.signs }),
      shownAt,
      mode: 'first',
      isResumed: draft !== undefined,
    }),
  );
};

/** The button that switches the language: the same page with the same unsent answers. It writes nothing. */
export const switchLanguage = async (
  parts: SurveyParts,
  request: PageRequest,
  form: SurveyForm,
): Promise<HttpResponse> => {
  const opened = await openLink(parts, request);
  const switched = { ...request, pageLocale: form.switchTo };
  if (opened.outcome !== 'answerable') {
    return pageWithoutSurvey(parts, switched, opened) ?? messagePage(parts.settings, 'problem', switched);
  }
  const { family } = opened.survey.episode;
  return page(
    200,
    renderSurveyPage({
      frame: frameFor(parts.settings, switched, opened.profile),
      family,
      values: shownAgain(form.raw, family),
      assisted: form.assisted,
      ...(form.signs === 'yes' || form.signs === 'no' ? { signs: form.signs } : {}),
      shownAt: form.traces.shownAt ?? parts.clock.now(),
      mode: opened.survey.response === undefined ? 'first' : 'review',
    }),
  );
};
