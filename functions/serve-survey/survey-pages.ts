import { pauseRetrySeconds } from '../../shared/care/emailing/pause.ts';
import type { Link } from '../../shared/care/patient/patient.ts';
import type { Survey, SurveyPhase } from '../../shared/care/survey/answering.ts';
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
  renderThanksPage,
} from '../../shared/web/survey/answered/answered-pages.tsx';
import type { PageFrame } from '../../shared/web/survey/frame.ts';
import { renderClosedPage, renderHelpPage } from '../../shared/web/survey/pages.tsx';
import { renderPausedPage } from '../../shared/web/survey/paused-page.tsx';
import { type SurveyForm, shownAgain } from '../../shared/web/survey/survey-form.ts';
import { renderSurveyPage } from '../../shared/web/survey/survey-page.tsx';
import type { PageRequest } from './page-request.ts';
import { frameFor, messagePage, type PageSettings, page, revokedPage } from './pages.ts';

export type SurveyParts = {
  readonly settings: PageSettings;
  readonly clock: Clock;
  /** Finds the link that a token opens; undefined where it is unknown, expired or malformed. */
  readonly follow: (token: string) => Promise<Link | undefined>;
  readonly open: ReturnType<typeof openSurveyWith>;
  readonly submit: ReturnType<typeof submitSurveyWith>;
  readonly saveDraft: ReturnType<typeof saveDraftWith>;
};

/** The query parameter of the link that shows the form again after an answer. */
const changeParameter = 'change';

/** The query parameter of the address that an accepted answer leads to. */
const sentParameter = 'sent';

/** Where a survey is answered again. */
export const againHref = (frame: PageFrame): string =>
  `${frame.path}?${changeParameter}=1&lang=${frame.locale}`;

/** The redirect after an accepted answer: reloading the page that it leads to sends nothing again. */
export const sentResponse = (frame: PageFrame): HttpResponse => {
  const response = page(303, '');
  const location = `${frame.path}?${sentParameter}=1&lang=${frame.locale}`;
  return { ...response, headers: { ...response.headers, location } };
};

const answeredPage = (frame: PageFrame, survey: Survey, phase: SurveyPhase): AnsweredPage => {
  const until = addDays(survey.episode.serviceDate, survey.touchpoint.window.closesDay);
  return {
    frame,
    isLate: survey.response?.inWindow === false,
    ...(phase === 'open' ? { change: { href: againHref(frame), until } } : {}),
  };
};

type Shown = Extract<OpenedSurvey, { survey: unknown; isPaused: unknown }>;

/** The page in place of a survey that there is none of, or no time for; undefined for the others. */
const pageWithoutSurvey = (
  { settings }: SurveyParts,
  request: PageRequest,
  opened: Exclude<OpenedSurvey, Shown>,
): HttpResponse => {
  switch (opened.outcome) {
    case 'not-found':
      return messagePage(settings, 'not-found', request);
    case 'revoked':
      return revokedPage(settings, request);
    case 'care':
      return page(200, renderHelpPage(frameFor(settings, request, opened.profile)));
    case 'closed':
      return page(410, renderClosedPage(frameFor(settings, request, opened.profile)));
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

/** The page of a survey that a person has answered; undefined when the answers are to be changed. */
const pageOfAnswered = (
  { query }: PageRequest,
  frame: PageFrame,
  { survey, phase }: Shown,
): HttpResponse | undefined => {
  const answered = answeredPage(frame, survey, phase);
  if (query[sentParameter] !== undefined) return page(200, renderThanksPage(answered));
  const isChange = query[changeParameter] !== undefined && phase === 'open';
  return isChange ? undefined : page(200, renderAnsweredPage(answered));
};

/** `GET /s/{token}`: the survey, that it is answered, or why there is none. It writes nothing. */
export const showSurvey = async (parts: SurveyParts, request: PageRequest): Promise<HttpResponse> => {
  const opened = await openLink(parts, request);
  if (opened.outcome !== 'answerable' && opened.outcome !== 'answered') {
    return pageWithoutSurvey(parts, request, opened);
  }
  const { survey, profile, outcome } = opened;
  const frame = frameFor(parts.settings, request, profile);
  const instead = outcome === 'answered' ? pageOfAnswered(request, frame, opened) : undefined;
  if (instead !== undefined) return instead;
  if (opened.isPaused) return pausedPage(frame);
  const { draft, response, episode } = survey;
  const { family, serviceDate: visitOn } = episode;
  const shownAt = parts.clock.now();
  if (outcome === 'answered') {
    const again = {
      frame,
      family,
      visitOn,
      values: {},
      shownAt,
      mode: 'review',
      note: 'change-all',
    } as const;
    return page(200, renderSurveyPage(again));
  }
  return page(
    200,
    renderSurveyPage({
      frame,
      family,
      visitOn,
      values: { ...readPreselection(request.query), ...draft?.values },
      assisted: draft?.assisted ?? false,
      ...(draft?.signs === undefined ? {} : { signs: draft.signs }),
      shownAt,
      mode: 'first',
      ...(draft !== undefined ? { note: 'resumed' } : response === undefined ? {} : { note: 'send-again' }),
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
  if (opened.outcome !== 'answerable' && opened.outcome !== 'answered') {
    return pageWithoutSurvey(parts, switched, opened);
  }
  const { family, serviceDate: visitOn } = opened.survey.episode;
  return page(
    200,
    renderSurveyPage({
      frame: frameFor(parts.settings, switched, opened.profile),
      family,
      visitOn,
      values: shownAgain(form.raw, family),
      assisted: form.assisted,
      ...(form.signs === 'yes' || form.signs === 'no' ? { signs: form.signs } : {}),
      shownAt: form.traces.shownAt ?? parts.clock.now(),
      mode: opened.outcome === 'answerable' ? 'first' : 'review',
    }),
  );
};
