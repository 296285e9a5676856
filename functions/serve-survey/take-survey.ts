import type { Link } from '../../shared/care/patient/patient.ts';
import { isSettled } from '../../shared/care/survey/answering.ts';
import { type AnswerProblem, readAnswers, readUnfinished } from '../../shared/care/survey/answers.ts';
import { qualityOf } from '../../shared/care/survey/submission-quality.ts';
import type { FilledForm, SubmittedSurvey } from '../../shared/care/survey/submit-survey.ts';
import type { HttpResponse } from '../../shared/platform/http/http.ts';
import type { Locale } from '../../shared/platform/locale.ts';
import type { UtcInstant } from '../../shared/platform/time.ts';
import type { FamilyId } from '../../shared/protocol/families.ts';
import { renderConfirmPage } from '../../shared/web/survey/answered/answered-pages.tsx';
import { renderClosedPage } from '../../shared/web/survey/pages.tsx';
import {
  formFields,
  readSurveyForm,
  type SurveyForm,
  shownAgain,
  valuesOf,
} from '../../shared/web/survey/survey-form.ts';
import { renderSurveyPage } from '../../shared/web/survey/survey-page.tsx';
import type { PageRequest } from './page-request.ts';
import { emergencyPage, frameFor, messagePage, page, revokedPage } from './pages.ts';
import { againHref, type SurveyParts, sentResponse, switchLanguage } from './survey-pages.ts';

/** The answer about warning signs, where it is one of the two choices. */
const signsIn = ({ signs }: SurveyForm): { readonly signs?: 'yes' | 'no' } =>
  signs === 'yes' || signs === 'no' ? { signs } : {};

/** Keeps answers that are not submitted yet. 204: the script that sends them shows nothing of the response. */
const takeDraft = async (
  parts: SurveyParts,
  request: PageRequest,
  link: Link,
  form: SurveyForm,
): Promise<HttpResponse> => {
  const values = form.signs === 'unreadable' ? undefined : readUnfinished(form.raw, link.family);
  const content = values === undefined ? undefined : { values, assisted: form.assisted, ...signsIn(form) };
  const saved = await parts.saveDraft(link, content);
  switch (saved.outcome) {
    case 'saved':
      return page(204, '');
    case 'invalid':
      return messagePage(parts.settings, 'bad-request', request, 422);
    case 'closed':
      return messagePage(parts.settings, 'bad-request', request, 410);
    case 'too-many':
      return messagePage(parts.settings, 'too-many-tries', request);
    case 'not-found':
      return messagePage(parts.settings, 'not-found', request);
  }
};

/** The problems of a form, and what of it can be submitted. */
type ReadForm = { readonly problems: readonly AnswerProblem[]; readonly filled: FilledForm };

const readForm = (
  form: SurveyForm,
  family: FamilyId,
  locale: Locale | undefined,
  now: UtcInstant,
): ReadForm => {
  const read = readAnswers(form.raw, family);
  const problems: readonly AnswerProblem[] = [
    ...(read.outcome === 'invalid' ? read.problems : []),
    ...(form.signs === 'unreadable' ? [{ item: formFields.signs, problem: 'not-a-choice' } as const] : []),
  ];
  const hasWarningSign = form.signs === 'yes';
  if (read.outcome === 'invalid' || problems.length > 0) {
    return { problems, filled: { submission: undefined, locale, hasWarningSign } };
  }
  const quality = form.confirmation === 'unticked' ? 'suspect' : qualityOf(form.traces, now);
  const submission = { answers: read.answers, assisted: form.assisted, quality };
  return { problems, filled: { submission, locale, hasWarningSign } };
};

/** The page after a submission, apart from emergencies. */
const pageAfter = (
  parts: SurveyParts,
  request: PageRequest,
  form: SurveyForm,
  { problems, filled }: ReadForm,
  submitted: SubmittedSurvey,
): HttpResponse => {
  if (submitted.outcome === 'not-found') return messagePage(parts.settings, 'not-found', request);
  if (submitted.outcome === 'revoked') return revokedPage(parts.settings, request);
  const { survey } = submitted;
  const { family, serviceDate: visitOn } = survey.episode;
  const frame = frameFor(parts.settings, request, submitted.profile);
  const shownAt = form.traces.shownAt ?? parts.clock.now();
  const { assisted } = form;
  switch (submitted.outcome) {
    case 'closed':
      return page(410, renderClosedPage(frame, isSettled(survey.response)));
    case 'too-many':
      return messagePage(parts.settings, 'too-many-tries', request);
    case 'invalid': {
      const values = shownAgain(form.raw, family);
      const mode = isSettled(survey.response) ? 'review' : 'first';
      return page(
        422,
        renderSurveyPage({
          frame,
          family,
          visitOn,
          values,
          assisted,
          ...signsIn(form),
          problems,
          shownAt,
          mode,
        }),
      );
    }
    case 'stored':
    case 'repeated':
    case 'unconfirmed': {
      if (submitted.outcome !== 'unconfirmed' && isSettled(survey.response)) return sentResponse(frame);
      const isUnticked = form.confirmation === 'unticked';
      const values = filled.submission === undefined ? {} : valuesOf(filled.submission.answers);
      return page(
        isUnticked ? 422 : 200,
        renderConfirmPage({
          frame,
          family,
          values,
          assisted,
          shownAt: parts.clock.now(),
          againHref: againHref(frame),
          isUnticked,
        }),
      );
    }
  }
};

const takeAnswers = async (
  parts: SurveyParts,
  request: PageRequest,
  link: Link,
  form: SurveyForm,
): Promise<HttpResponse> => {
  const read = readForm(form, link.family, request.pageLocale, parts.clock.now());
  const submitted = await parts.submit(link, read.filled);
  const response = pageAfter(parts, request, form, read, submitted);
  if (!read.filled.hasWarningSign) return response;
  const status = response.statusCode === 303 ? 200 : response.statusCode;
  const known = 'profile' in submitted ? submitted.profile.locale : undefined;
  return emergencyPage(parts.settings, { ...request, pageLocale: request.pageLocale ?? known }, status);
};

/**
 * `POST /s/{token}`: stores the answers and thanks, or shows them again with the problems and nothing lost. The page's
 * script sends drafts here too, and its language buttons the answers to show again.
 */
export const takeSurvey = async (parts: SurveyParts, request: PageRequest): Promise<HttpResponse> => {
  const form = readSurveyForm(request.fields);
  if (form.switchTo !== undefined && !form.isDraft) return switchLanguage(parts, request, form);
  const link = await parts.follow(request.token);
  if (link === undefined) return messagePage(parts.settings, 'not-found', request);
  return form.isDraft ? takeDraft(parts, request, link, form) : takeAnswers(parts, request, link, form);
};
