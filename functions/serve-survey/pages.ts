import type { Profile } from '../../shared/care/patient/patient.ts';
import type { HttpResponse } from '../../shared/platform/http/http.ts';
import type { Locale } from '../../shared/platform/locale.ts';
import { linksOf, type PageFrame } from '../../shared/web/survey/frame.ts';
import { pageHeaders } from '../../shared/web/survey/headers.ts';
import { type Message, renderMessagePage } from '../../shared/web/survey/pages.tsx';
import type { PageRequest } from './page-request.ts';

/** What every page of this clinic shows. */
export type PageSettings = {
  readonly clinic: PageFrame['clinic'];
  readonly defaultLocale: Locale;
  readonly synthetic: boolean;
};

const headers = Object.fromEntries(
  Object.entries(pageHeaders).map(([name, value]) => [name.toLowerCase(), value]),
);

/** Takes a status and a page, gives the answer. */
export const page = (statusCode: number, html: string): HttpResponse => ({ statusCode, headers, body: html });

/** Takes a request and whose page it is, gives the frame: in the language asked for, else the patient's. */
export const frameFor = (settings: PageSettings, request: PageRequest, profile: Profile): PageFrame => ({
  locale: request.askedLocale ?? profile.locale,
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

/** Takes why there is no page of its own, gives one that says so; `status` where another one fits better. */
export const messagePage = (
  settings: PageSettings,
  kind: Message,
  request: Pick<PageRequest, 'askedLocale' | 'browserLocale'> | undefined,
  status = messageStatus[kind],
): HttpResponse =>
  page(
    status,
    renderMessagePage(
      {
        locale: request?.askedLocale ?? request?.browserLocale ?? settings.defaultLocale,
        clinic: settings.clinic,
        synthetic: settings.synthetic,
      },
      kind,
    ),
  );
