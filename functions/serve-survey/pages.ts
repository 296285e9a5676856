import type { Profile } from '../../shared/care/patient/patient.ts';
import type { HttpResponse } from '../../shared/platform/http/http.ts';
import type { Locale } from '../../shared/platform/locale.ts';
import { renderEmergencyPage } from '../../shared/web/survey/emergency-page.tsx';
import { linksOf, type PageFrame } from '../../shared/web/survey/frame.ts';
import { pageHeaders } from '../../shared/web/survey/headers.ts';
import { type Message, renderMessagePage, renderRevokedPage } from '../../shared/web/survey/pages.tsx';
import type { PageRequest } from './page-request.ts';

/** What every page of a clinic shows. */
export type PageSettings = {
  readonly clinic: PageFrame['clinic'];
  readonly defaultLocale: Locale;
  readonly synthetic: boolean;
};

const headers = Object.fromEntries(
  Object.entries(pageHeaders).map(([name, value]) => [name.toLowerCase(), value]),
);

/** Creates the response with a page. */
export const page = (statusCode: number, html: string): HttpResponse => ({ statusCode, headers, body: html });

/** Creates the frame of a patient's page: in the language of the request, else the patient's. */
export const frameFor = (settings: PageSettings, request: PageRequest, profile: Profile): PageFrame => ({
  locale: request.pageLocale ?? profile.locale,
  path: request.path,
  clinic: settings.clinic,
  links: linksOf(request.token),
  synthetic: settings.synthetic,
});

const messageStatus: Readonly<Record<Message, number>> = {
  'not-found': 404,
  'bad-request': 400,
  'too-many-tries': 429,
  problem: 500,
};

type RequestLocales = Pick<PageRequest, 'pageLocale' | 'browserLocale'>;

/** The frame of a page that reveals nothing about a patient: neither links nor the patient's language. */
const neutralFrame = (settings: PageSettings, request: RequestLocales | undefined): PageFrame => ({
  locale: request?.pageLocale ?? request?.browserLocale ?? settings.defaultLocale,
  path: '',
  clinic: settings.clinic,
  synthetic: settings.synthetic,
});

/** Creates a page that consists of one message; `status` replaces the message's usual one. */
export const messagePage = (
  settings: PageSettings,
  kind: Message,
  request: RequestLocales | undefined,
  status = messageStatus[kind],
): HttpResponse => page(status, renderMessagePage(neutralFrame(settings, request), kind));

/** Creates the page after a warning sign was reported, with the status of what became of the answers. */
export const emergencyPage = (settings: PageSettings, request: PageRequest, status: number): HttpResponse =>
  page(status, renderEmergencyPage(neutralFrame(settings, request)));

/** Creates the page of a link that has ended; its form goes to the opt-out of the same link. */
export const revokedPage = (
  settings: PageSettings,
  request: PageRequest,
  { isStopped = false, isUnticked = false } = {},
): HttpResponse => {
  const frame = { ...neutralFrame(settings, request), path: linksOf(request.token).unsubscribe };
  return page(isStopped ? 200 : isUnticked ? 422 : 410, renderRevokedPage(frame, isStopped, isUnticked));
};
