import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { pauseStoreOn } from '../../shared/care/emailing/aws/pause-store.ts';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { changePreferenceWith, openPreferencePageWith } from '../../shared/care/patient/email-preference.ts';
import { findLinkOf } from '../../shared/care/patient/links.ts';
import { openSurveyWith } from '../../shared/care/survey/open-survey.ts';
import { saveDraftWith } from '../../shared/care/survey/save-draft.ts';
import { submitSurveyWith } from '../../shared/care/survey/submit-survey.ts';
import { documentClient } from '../../shared/platform/aws/dynamodb.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import { compressUncached } from '../../shared/platform/http/compress.ts';
import type { HttpResponse } from '../../shared/platform/http/http.ts';
import { bodyLimit, renderErrors, securityHeaders } from '../../shared/platform/http/middleware.ts';
import { onlyThroughCdn } from '../../shared/platform/http/origin.ts';
import { type Route, router } from '../../shared/platform/http/router.ts';
import { loggedInvocations } from '../../shared/platform/logging/invocation.ts';
import type { Runtime } from '../../shared/platform/logging/runtime.ts';
import type { Message } from '../../shared/web/survey/pages.tsx';
import { environmentSchema } from './environment.ts';
import { pagePathOf } from './page-path.ts';
import { type PageRequest, readPageRequest } from './page-request.ts';
import { messagePage, type PageSettings } from './pages.ts';
import { showHelp, showUnsubscribe, takeHelp, takeUnsubscribe } from './preference-pages.ts';
import { showSurvey } from './survey-pages.ts';
import { takeSurvey } from './take-survey.ts';

/** A whole survey is under 1 KB. */
const maxBodyBytes = 32 * 1024;

const route = (
  method: Route['method'],
  path: string,
  respond: (request: PageRequest) => Promise<HttpResponse>,
): Route => ({
  method,
  path,
  respond: async (event, { token = '' }) => respond(readPageRequest(event, token)),
});

const messageOf = (status: number): Message => {
  if (status >= 500) return 'problem';
  return status === 404 ? 'not-found' : 'bad-request';
};

/** Creates the handler of all pages that a patient reaches from an email: survey, unsubscribe, help. */
export const createHandler = (environment: Environment, { clock, log, metrics }: Runtime) => {
  const variables = readEnvironment(environmentSchema, environment);
  const client = documentClient();
  const store = careStoreOn(client, variables.CARE_TABLE);
  const settings: PageSettings = {
    clinic: { name: variables.CLINIC_NAME, phone: variables.CLINIC_PHONE },
    defaultLocale: variables.DEFAULT_LOCALE,
    synthetic: variables.SYNTHETIC === 'true',
  };
  const survey = {
    settings,
    clock,
    follow: (token: string) => findLinkOf(store, token, clock.now()),
    open: openSurveyWith(store, pauseStoreOn(client, variables.CARE_TABLE), clock),
    saveDraft: saveDraftWith(store, clock),
    submit: submitSurveyWith(store, clock),
  };
  const preference = {
    settings,
    open: openPreferencePageWith(store, clock),
    change: changePreferenceWith(store, clock),
  };
  const routes = [
    route('GET', '/s/{token}', (request) => showSurvey(survey, request)),
    route('POST', '/s/{token}', (request) => takeSurvey(survey, request)),
    route('GET', '/u/{token}', (request) => showUnsubscribe(preference, request)),
    route('POST', '/u/{token}', (request) => takeUnsubscribe(preference, request)),
    route('GET', '/h/{token}', (request) => showHelp(preference, request)),
    route('POST', '/h/{token}', (request) => takeHelp(preference, request)),
  ];

  const serve = router(routes);
  const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(compressUncached())
    .use(securityHeaders())
    .use(
      renderErrors(log, metrics, (_event, status) =>
        messagePage(settings, messageOf(status), undefined, status),
      ),
    )
    .use(httpHeaderNormalizer())
    .use(bodyLimit(maxBodyBytes))
    .use(onlyThroughCdn(variables.ORIGIN_SECRETS))
    .handler((event) => serve({ ...event, rawPath: pagePathOf(event.rawPath) }));
  return loggedInvocations(log, handler);
};
