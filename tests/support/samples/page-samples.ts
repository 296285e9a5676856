import type { Locale } from '../../../shared/platform/locale.ts';
import {
  renderAnsweredPage,
  renderConfirmPage,
  renderThanksPage,
} from '../../../shared/web/survey/answered/answered-pages.tsx';
import { renderEmergencyPage } from '../../../shared/web/survey/emergency-page.tsx';
import { linksOf, type PageFrame } from '../../../shared/web/survey/frame.ts';
import {
  renderClosedPage,
  renderHelpDonePage,
  renderHelpPage,
  renderMessagePage,
  renderRevokedPage,
  renderUnsubscribePage,
} from '../../../shared/web/survey/pages.tsx';
import { renderPausedPage } from '../../../shared/web/survey/paused-page.tsx';
import { renderSurveyPage } from '../../../shared/web/survey/survey-page.tsx';

/** A token as long as real ones. */
export const sampleToken = 'Zk3vQm0cR8yT1uWx5pLbNg';

/** The mode and time of a survey page shown for the first time. */
export const asked = {
  shownAt: '2026-03-17T15:00:00Z',
  mode: 'first',
  visitOn: '2026-03-02',
} as const;

export const sampleFrame = (locale: Locale, page: 's' | 'u' | 'h' = 's'): PageFrame => ({
  locale,
  path: `/${page}/${sampleToken}`,
  clinic: { name: 'Lakeside Clinic', phone: '(555) 010-0199' },
  links: linksOf(sampleToken),
});

/** Every patient page in every state, by name. */
export const samplePages = (locale: Locale): Readonly<Record<string, string>> => {
  const frame = sampleFrame(locale);
  const href = `${frame.path}?change=1`;
  const answered = { frame, change: { href, until: '2026-03-08' }, isLate: false } as const;
  const values = { condition: 'better', improvementPercent: '60' };
  const suspect = {
    frame,
    family: 'mild',
    values: { ...values, pain: 'better', nrsPain: '3', pgic: '2' },
    assisted: true,
    shownAt: asked.shownAt,
    againHref: href,
  } as const;
  return {
    survey: renderSurveyPage({ ...asked, frame, family: 'facet-joint-injection', values: {} }),
    'survey-preselected': renderSurveyPage({
      ...asked,
      frame: { ...frame, synthetic: true },
      family: 'mild',
      values: { nrsPain: '7' },
    }),
    'survey-problems': renderSurveyPage({
      ...asked,
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
      ...asked,
      frame,
      family: 'facet-joint-injection',
      values: {},
      problems: [{ item: 'condition', problem: 'required' }],
    }),
    'survey-urgent': renderSurveyPage({
      ...asked,
      frame,
      family: 'mild',
      values: { condition: 'worse' },
      signs: 'yes',
      note: 'resumed',
    }),
    'survey-review': renderSurveyPage({
      ...asked,
      mode: 'review',
      frame,
      family: 'facet-joint-injection',
      values: { condition: 'better', improvementPercent: '60', nrsPain: '3' },
    }),
    'survey-change': renderSurveyPage({
      ...asked,
      mode: 'review',
      frame,
      family: 'mild',
      values: {},
      note: 'change-all',
    }),
    'survey-again': renderSurveyPage({
      ...asked,
      frame,
      family: 'facet-joint-injection',
      values: {},
      note: 'send-again',
    }),
    thanks: renderThanksPage(answered),
    'thanks-late': renderThanksPage({ frame, isLate: true }),
    emergency: renderEmergencyPage({ ...frame, synthetic: true }),
    answered: renderAnsweredPage(answered),
    confirm: renderConfirmPage(suspect),
    'confirm-unticked': renderConfirmPage({ ...suspect, isUnticked: true }),
    closed: renderClosedPage(frame),
    'closed-answered': renderClosedPage(frame, true),
    revoked: renderRevokedPage({ ...frame, path: linksOf(sampleToken).unsubscribe }),
    'revoked-unticked': renderRevokedPage({ ...frame, path: linksOf(sampleToken).unsubscribe }, false, true),
    'revoked-stopped': renderRevokedPage({ ...frame, path: linksOf(sampleToken).unsubscribe }, true),
    paused: renderPausedPage(frame),
    'unsubscribe-ask': renderUnsubscribePage(sampleFrame(locale, 'u'), 'ask'),
    'unsubscribe-unticked': renderUnsubscribePage(sampleFrame(locale, 'u'), 'ask', true),
    'unsubscribe-stays': renderUnsubscribePage(sampleFrame(locale, 'u'), 'stays'),
    'unsubscribe-stopped': renderUnsubscribePage(sampleFrame(locale, 'u'), 'stopped'),
    'unsubscribe-resumed': renderUnsubscribePage(sampleFrame(locale, 'u'), 'resumed'),
    help: renderHelpPage(sampleFrame(locale, 'h')),
    'help-unticked': renderHelpPage(sampleFrame(locale, 'h'), undefined, 'call-me'),
    'help-call-me': renderHelpDonePage(sampleFrame(locale, 'h'), 'call-me'),
    'help-not-me': renderHelpDonePage(sampleFrame(locale, 'h'), 'not-me'),
    'not-found': renderMessagePage(frame, 'not-found'),
    'bad-request': renderMessagePage(frame, 'bad-request'),
    'too-many-tries': renderMessagePage(frame, 'too-many-tries'),
    problem: renderMessagePage(frame, 'problem'),
  };
};
