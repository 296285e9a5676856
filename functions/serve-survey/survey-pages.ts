import type { OpenedSurvey } from '../../shared/application/open-survey.ts';
import type { ReadForm, submitSurveyWith } from '../../shared/application/submit-survey.ts';
import type { Survey } from '../../shared/domain/answering.ts';
import { type AnswerProblem, readAnswers } from '../../shared/domain/answers.ts';
import { addDays } from '../../shared/domain/calendar.ts';
import { readPreselection } from '../../shared/domain/preselection.ts';
import type { HttpAnswer } from '../../shared/middleware/http.ts';
import type { PageFrame } from '../../shared/web/frame.ts';
import {
  renderAnsweredPage,
  renderClosedPage,
  renderHelpPage,
  renderThanksPage,
} from '../../shared/web/pages.tsx';
import { keptValues, readSurveyForm, valuesOf } from '../../shared/web/survey-form.ts';
import { renderSurveyPage } from '../../shared/web/survey-page.tsx';
import type { PageRequest } from './page-request.ts';
import { frameFor, notice, type PageSettings, page } from './pages.ts';

export type SurveyParts = {
  readonly settings: PageSettings;
  readonly open: (token: string) => Promise<OpenedSurvey>;
  readonly submit: ReturnType<typeof submitSurveyWith>;
};

/** The query parameter of the link that shows the answers again to change them. */
const changeParameter = 'change';

const answeredPage = (frame: PageFrame, { episode, touchpoint }: Survey) => ({
  frame,
  changeHref: `${frame.path}?${changeParameter}=1`,
  changeUntil: addDays(episode.serviceDate, touchpoint.window.closesDay),
});

/** Answers a GET of a survey's link: the survey, its answers, or why there is none. It writes nothing. */
export const showSurvey = async (parts: SurveyParts, request: PageRequest): Promise<HttpAnswer> => {
  const opened = await parts.open(request.token);
  if (opened.state === 'not-found') return notice(parts.settings, 'not-found', request);
  const frame = frameFor(parts.settings, request, opened.profile);
  if (opened.state === 'care') return page(200, renderHelpPage(frame));
  if (opened.state === 'closed') return page(410, renderClosedPage(frame));
  const { survey } = opened;
  const { response } = survey;
  const wantsChange = request.query[changeParameter] !== undefined;
  if (response !== undefined && !wantsChange)
    return page(200, renderAnsweredPage(answeredPage(frame, survey)));
  const { family } = survey.episode;
  const preselected = readPreselection(request.query);
  return page(
    200,
    renderSurveyPage({
      frame: {
        ...frame,
        query: wantsChange ? { [changeParameter]: '1' } : {},
      },
      family,
      values: response === undefined ? preselected : valuesOf(response.answers),
      assisted: response?.assisted ?? false,
    }),
  );
};

/** Answers a POST of a survey: stored and thanked for, or shown again with what is wrong and nothing lost. */
export const takeSurvey = async (parts: SurveyParts, request: PageRequest): Promise<HttpAnswer> => {
  const { raw, assisted } = readSurveyForm(request.fields);
  const submitted = await parts.submit(
    request.token,
    ({ episode }, profile): ReadForm<readonly AnswerProblem[]> => {
      const read = readAnswers(raw, episode.family);
      if (read.status === 'invalid') return { form: 'invalid', problems: read.problems };
      const locale = request.askedLocale ?? profile.locale;
      return {
        form: 'valid',
        submission: { answers: read.answers, assisted, quality: 'trusted', locale },
      };
    },
  );
  if (submitted.state === 'not-found') return notice(parts.settings, 'not-found', request);
  const frame = frameFor(parts.settings, request, submitted.profile);
  const { family } = submitted.survey.episode;
  switch (submitted.state) {
    case 'closed':
      return page(410, renderClosedPage(frame));
    case 'invalid': {
      const { problems } = submitted;
      const values = keptValues(raw, family);
      return page(422, renderSurveyPage({ frame, family, values, assisted, problems }));
    }
    case 'stored':
    case 'repeated': {
      const changed = (submitted.survey.response?.revision ?? 1) > 1;
      return page(200, renderThanksPage({ ...answeredPage(frame, submitted.survey), changed }));
    }
  }
};
