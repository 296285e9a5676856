import type { Profile } from '../../shared/care/patient/patient.ts';
import type { HttpResponse } from '../../shared/platform/http/http.ts';
import type { Locale } from '../../shared/platform/locale.ts';
import { linksOf, type PageFrame } from '../../shared/web/survey/frame.ts';
import { pageHeaders } from '../../shared/web/survey/headers.ts';
import { type Message, renderMessagePage } from '../../shared/web/survey/pages.tsx';
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

/** Creates a page that consists of one message; `status` replaces the message's usual one. */
export const messagePage = (
  settings: PageSettings,
  kind: Message,
  request: Pick<PageRequest, 'pageLocale' | 'browserLocale'> | undefined,
  status = messageStatus[kind],
): HttpResponse =>
  page(
    status,
    renderMessagePage(
      {
        locale: request?.pageLocale ?? request?.browserLocale ?? settings.defaultLocale,
        clinic: settings.clinic,
        synthetic: settings.synthetic,
      },
      kind,
    ),
  );
