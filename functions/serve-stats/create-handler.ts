import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { publishedReleasesOn } from '../../shared/outcomes/release/aws/release-store.ts';
import { documentClient } from '../../shared/platform/aws/dynamodb.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import { HttpError, httpStack } from '../../shared/platform/http/http.ts';
import { onlyThroughCdn } from '../../shared/platform/http/origin.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { environmentSchema } from './environment.ts';
import { servedReleases } from './releases.ts';
import { problem, revalidated } from './responses.ts';
import { routeOf } from './routes.ts';
import { noFiguresPage, serveStatsWith } from './serve.ts';

/** Nothing here takes a body. */
const maxBodyBytes = 1024;

/** Makes the handler of the statistics: the page, the data, the charts and the script for other pages. */
export const createHandler = (environment: Environment, { clock, log, metrics }: Runtime) => {
  const variables = readEnvironment(environmentSchema, environment);
  const published = publishedReleasesOn(documentClient(), variables.OUTCOMES_TABLE);
  const serve = serveStatsWith({
    releases: servedReleases({ releases: published, clock, log, metrics }),
    clock,
    clinic: variables.CLINIC_NAME,
    baseUrl: variables.BASE_URL,
    defaultLocale: variables.DEFAULT_LOCALE,
  });

  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(
      httpStack({
        log,
        maxBodyBytes,
        renderError: ({ rawPath }, status, detail) =>
          status >= 500 && routeOf(rawPath)?.kind === 'page'
            ? noFiguresPage(variables.CLINIC_NAME, variables.DEFAULT_LOCALE, status, 'unavailable')
            : problem(status, detail),
      }),
    )
    .use(onlyThroughCdn(variables.ORIGIN_SECRETS))
    .handler(async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
      const { method } = event.requestContext.http;
      if (method !== 'GET' && method !== 'HEAD') throw new HttpError(405, 'GET only', { allow: 'GET, HEAD' });
      return { ...revalidated(event, await serve(event)) };
    });
};
