import type { Locale } from '../../shared/domain/locale.ts';
import type { PageFrame } from '../../shared/web/frame.ts';
import { linksOf } from '../../shared/web/frame.ts';
import {
  renderAnsweredPage,
  renderClosedPage,
  renderHelpDonePage,
  renderHelpPage,
  renderNoticePage,
  renderThanksPage,
  renderUnsubscribePage,
} from '../../shared/web/pages.tsx';
import { renderSurveyPage } from '../../shared/web/survey-page.tsx';

/** A token of the length that real ones have. */
export const sampleToken = 'Zk3vQm0cR8yT1uWx5pLbNg';

/** Gives what a page needs, in a language. */
export const sampleFrame = (locale: Locale, page: 's' | 'u' | 'h' = 's'): PageFrame => ({
  locale,
  path: `/${page}/${sampleToken}`,
  clinic: { name: 'Lakeside Clinic', phone: '(555) 010-0199' },
  links: linksOf(sampleToken),
});

/** Gives every patient page in every state, by name, in a language. */
export const samplePages = (locale: Locale): Readonly<Record<string, string>> => {
  const frame = sampleFrame(locale);
  const answered = { frame, changeHref: `${frame.path}?change=1`, changeUntil: '2026-03-08' };
  return {
    survey: renderSurveyPage({ frame, family: 'facet-joint-injection', values: {} }),
    'survey-preselected': renderSurveyPage({
      frame: { ...frame, query: { a: '7' }, synthetic: true },
      family: 'mild',
      values: { nrsPain: '7' },
    }),
    'survey-problems': renderSurveyPage({
      frame,
      family: 'mild',
      values: { condition: 'worse', improvementPercent: '80%', pain: 'better', pegPain: '3' },
      assisted: true,
      problems: [
        { item: 'improvementPercent', problem: 'only-if-better' },
        { item: 'pgic', problem: 'not-a-choice' },
        { item: 'somethingElse', problem: 'unknown-item' },
      ],
    }),
    'survey-empty': renderSurveyPage({
      frame,
      family: 'facet-joint-injection',
      values: {},
      problems: [{ item: 'condition', problem: 'required' }],
    }),
    thanks: renderThanksPage({ ...answered, changed: false }),
    changed: renderThanksPage({ ...answered, changed: true }),
    answered: renderAnsweredPage(answered),
    closed: renderClosedPage(frame),
    'unsubscribe-ask': renderUnsubscribePage(sampleFrame(locale, 'u'), 'ask'),
    'unsubscribe-stopped': renderUnsubscribePage(sampleFrame(locale, 'u'), 'stopped'),
    'unsubscribe-resumed': renderUnsubscribePage(sampleFrame(locale, 'u'), 'resumed'),
    help: renderHelpPage(sampleFrame(locale, 'h')),
    'help-call-me': renderHelpDonePage(sampleFrame(locale, 'h'), 'call-me'),
    'help-not-me': renderHelpDonePage(sampleFrame(locale, 'h'), 'not-me'),
    'not-found': renderNoticePage(frame, 'not-found'),
    'bad-request': renderNoticePage(frame, 'bad-request'),
    'too-many-tries': renderNoticePage(frame, 'too-many-tries'),
    problem: renderNoticePage(frame, 'problem'),
  };
};
