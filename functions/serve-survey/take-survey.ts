import { type AnswerProblem, readAnswers, readUnfinished } from '../../shared/care/survey/answers.ts';
import { qualityOf } from '../../shared/care/survey/submission-quality.ts';
import type { ReadForm } from '../../shared/care/survey/submit-survey.ts';
import type { HttpResponse } from '../../shared/platform/http/http.ts';
import type { FamilyId } from '../../shared/protocol/families.ts';
import { renderConfirmPage, renderThanksPage } from '../../shared/web/survey/answered-pages.tsx';
import { renderClosedPage, renderMessagePage } from '../../shared/web/survey/pages.tsx';
import {
  formFields,
  readSurveyForm,
  type SurveyForm,
  shownAgain,
  valuesOf,
} from '../../shared/web/survey/survey-form.ts';
import { renderSurveyPage } from '../../shared/web/survey/survey-page.tsx';
import type { PageRequest } from './page-request.ts';
import { frameFor, messagePage, page } from './pages.ts';
import { answeredPage, type SurveyParts, switchLanguage } from './survey-pages.ts';

/** What stays of the signs when only the two answers there are may be shown or kept. */
const signsIn = ({ signs }: SurveyForm): { readonly signs?: 'yes' | 'no' } =>
  signs === 'yes' || signs === 'no' ? { signs } : {};

const problemsOf = (form: SurveyForm, problems: readonly AnswerProblem[]): readonly AnswerProblem[] =>
  form.signs === 'unreadable' ? [...problems, { item: formFields.signs, problem: 'not-a-choice' }] : problems;

/** Keeps answers that are not sent yet: 204, for the script that asks shows nothing of the answer. */
const takeDraft = async (
  parts: SurveyParts,
  request: PageRequest,
  form: SurveyForm,
): Promise<HttpResponse> => {
  const saved = await parts.saveDraft(request.token, (family) => {
    const values = readUnfinished(form.raw, family);
    return values === undefined || form.signs === 'unreadable'
      ? undefined
      : { values, assisted: form.assisted, ...signsIn(form) };
  });
  switch (saved.outcome) {
    case 'saved':
      return { ...page(204, '') };
    case 'invalid':
      return messagePage(parts.settings, 'bad-request', request, 422);
    case 'closed':
      return messagePage(parts.settings, 'bad-request', request, 410);
    case 'not-found':
      return messagePage(parts.settings, 'not-found', request);
  }
};

const readForm =
  (parts: SurveyParts, request: PageRequest, form: SurveyForm) =>
  (
    { episode }: { readonly episode: { readonly family: FamilyId } },
    profile: { readonly locale: 'en' | 'es' },
  ): ReadForm<readonly AnswerProblem[]> => {
    const hasWarningSign = form.signs === 'yes';
    const read = readAnswers(form.raw, episode.family);
    const problems = problemsOf(form, read.status === 'invalid' ? read.problems : []);
    if (read.status === 'invalid' || problems.length > 0)
      return { kind: 'invalid', problems, hasWarningSign };
    const quality = form.confirmation === 'unticked' ? 'suspect' : qualityOf(form.traces, parts.clock.now());
    const locale = request.askedLocale ?? profile.locale;
    const { assisted } = form;
    return {
      kind: 'valid',
      submission: { answers: read.answers, assisted, quality, locale },
      hasWarningSign,
    };
  };

const takeAnswers = async (
  parts: SurveyParts,
  request: PageRequest,
  form: SurveyForm,
): Promise<HttpResponse> => {
  const submitted = await parts.submit(request.token, readForm(parts, request, form));
  if (submitted.outcome === 'not-found') return messagePage(parts.settings, 'not-found', request);
  const { survey } = submitted;
  const frame = frameFor(parts.settings, request, submitted.profile);
  const isUrgent = form.signs === 'yes';
  switch (submitted.outcome) {
    case 'closed':
      return page(410, renderClosedPage(frame, isUrgent));
    case 'too-many':
      return page(429, renderMessagePage(frame, 'too-many-tries', isUrgent));
    case 'invalid': {
      const { problems } = submitted;
      const { family } = survey.episode;
      const values = shownAgain(form.raw, family);
      const shownAt = form.traces.shownAt ?? parts.clock.now();
      const mode = survey.response === undefined ? 'first' : 'review';
      const { assisted } = form;
      return page(
        422,
        renderSurveyPage({ frame, family, values, assisted, ...signsIn(form), problems, shownAt, mode }),
      );
    }
    case 'stored':
    case 'repeated': {
      const { response } = survey;
      if (response?.quality === 'suspect') {
        const isUnticked = form.confirmation === 'unticked';
        const { answers, assisted } = response;
        const shownAt = parts.clock.now();
        return page(
          isUnticked ? 422 : 200,
          renderConfirmPage({ frame, values: valuesOf(answers), assisted, shownAt, isUrgent, isUnticked }),
        );
      }
      const changed = form.confirmation === undefined && (response?.revision ?? 1) > 1;
      return page(200, renderThanksPage({ ...answeredPage(frame, survey), changed, isUrgent }));
    }
  }
};

/**
 * Answers a POST of a survey: answers are stored and thanked for, or shown again with what is wrong and nothing
 * lost. The form's script sends drafts here too, and its language buttons the answers to be shown again.
 */
export const takeSurvey = (parts: SurveyParts, request: PageRequest): Promise<HttpResponse> => {
  const form = readSurveyForm(request.fields);
  if (form.isDraft) return takeDraft(parts, request, form);
  if (form.switchTo !== undefined) return switchLanguage(parts, request, form);
  return takeAnswers(parts, request, form);
};
