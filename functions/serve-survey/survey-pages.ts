import { pauseRetrySeconds } from '../../shared/care/patient/pause.ts';
import { painOverTime, type Survey } from '../../shared/care/survey/answering.ts';
import type { OpenedSurvey } from '../../shared/care/survey/open-survey.ts';
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
  readonly open: (token: string) => Promise<OpenedSurvey>;
  readonly submit: ReturnType<typeof submitSurveyWith>;
  readonly saveDraft: ReturnType<typeof saveDraftWith>;
};

/** The query parameter of the link that shows the answers again to change them. */
const changeParameter = 'change';

/** Takes a frame and an answered survey, gives what the pages after an answer show. */
export const answeredPage = (frame: PageFrame, survey: Survey): AnsweredPage => ({
  frame,
  changeHref: `${frame.path}?${changeParameter}=1&lang=${frame.locale}`,
  changeUntil: addDays(survey.episode.serviceDate, survey.touchpoint.window.closesDay),
  pain: painOverTime(survey),
});

/** The pages that do not depend on what is asked; undefined for a survey that can be answered. */
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

/** The page in the place of a form, while the clinic has paused: 503 is what tells a program to come again later. */
const pausedPage = (frame: PageFrame): HttpResponse => {
  const answer = page(503, renderPausedPage(frame));
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(pauseRetrySeconds) } };
};

/** Answers a GET of a survey's link: the survey, its answers, or why there is none. It writes nothing. */
export const showSurvey = async (parts: SurveyParts, request: PageRequest): Promise<HttpResponse> => {
  const opened = await parts.open(request.token);
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

/** Answers the button that switches the language: the same page with the same unsent answers. It writes nothing. */
export const switchLanguage = async (
  parts: SurveyParts,
  request: PageRequest,
  form: SurveyForm,
): Promise<HttpResponse> => {
  const opened = await parts.open(request.token);
  const asked = { ...request, askedLocale: form.switchTo };
  if (opened.outcome !== 'answerable') {
    return pageWithoutSurvey(parts, asked, opened) ?? messagePage(parts.settings, 'problem', asked);
  }
  const { family } = opened.survey.episode;
  return page(
    200,
    renderSurveyPage({
      frame: frameFor(parts.settings, asked, opened.profile),
      family,
      values: shownAgain(form.raw, family),
      assisted: form.assisted,
      ...(form.signs === 'yes' || form.signs === 'no' ? { signs: form.signs } : {}),
      shownAt: form.traces.shownAt ?? parts.clock.now(),
      mode: opened.survey.response === undefined ? 'first' : 'review',
    }),
  );
};
