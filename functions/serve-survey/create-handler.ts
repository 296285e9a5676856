import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { pauseStoreOn } from '../../shared/care/patient/aws/pause-store.ts';
import { changePreferenceWith, openPreferencePageWith } from '../../shared/care/patient/email-preference.ts';
import { openSurveyWith } from '../../shared/care/survey/open-survey.ts';
import { saveDraftWith } from '../../shared/care/survey/save-draft.ts';
import { submitSurveyWith } from '../../shared/care/survey/submit-survey.ts';
import { documentClient } from '../../shared/platform/aws/dynamodb.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import { HttpError, type HttpResponse, httpStack } from '../../shared/platform/http/http.ts';
import { onlyThroughCdn } from '../../shared/platform/http/origin.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { environmentSchema } from './environment.ts';
import { type PageRequest, readPageRequest } from './page-request.ts';
import { messagePage, type PageSettings } from './pages.ts';
import { showHelp, showUnsubscribe, takeHelp, takeUnsubscribe } from './preference-pages.ts';
import { showSurvey } from './survey-pages.ts';
import { takeSurvey } from './take-survey.ts';

/** A whole survey is under 1 KB; nobody needs more than this. */
const maxBodyBytes = 32 * 1024;

/** HEAD is answered as GET; the API leaves the body out. */
const methods: ReadonlyMap<string, 'GET' | 'POST'> = new Map([
  ['GET', 'GET'],
  ['HEAD', 'GET'],
  ['POST', 'POST'],
]);

type Answer = (request: PageRequest) => Promise<HttpResponse>;

/** Makes the handler of all pages that a patient reaches from an email: survey, unsubscribe, help. */
export const createHandler = (environment: Environment, { clock, log }: Runtime) => {
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
    open: openSurveyWith(store, pauseStoreOn(client, variables.CARE_TABLE), clock),
    saveDraft: saveDraftWith(store, clock),
    submit: submitSurveyWith(store, clock),
  };
  const preference = {
    settings,
    open: openPreferencePageWith(store, clock),
    change: changePreferenceWith(store, clock),
  };
  const routes: ReadonlyMap<string, Readonly<Record<'GET' | 'POST', Answer>>> = new Map([
    ['s', { GET: (request) => showSurvey(survey, request), POST: (request) => takeSurvey(survey, request) }],
    [
      'u',
      {
        GET: (request) => showUnsubscribe(preference, request),
        POST: (request) => takeUnsubscribe(preference, request),
      },
    ],
    [
      'h',
      { GET: (request) => showHelp(preference, request), POST: (request) => takeHelp(preference, request) },
    ],
  ]);

  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(
      httpStack({
        log,
        maxBodyBytes,
        renderError: (_event, status) =>
          messagePage(settings, status >= 500 ? 'problem' : 'bad-request', undefined, status),
      }),
    )
    .use(onlyThroughCdn(variables.ORIGIN_SECRETS))
    .handler(async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
      const route = routes.get(event.rawPath.split('/')[1] ?? '');
      if (route === undefined) return { ...messagePage(settings, 'not-found', undefined) };
      const method = methods.get(event.requestContext.http.method);
      if (method === undefined) throw new HttpError(405, 'GET or POST', { allow: 'GET, HEAD, POST' });
      return { ...(await route[method](readPageRequest(event))) };
    });
};
